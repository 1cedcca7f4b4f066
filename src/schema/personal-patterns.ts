import { isIP } from "node:net";

/** True for a text spelled like an e-mail address. */
export function isEmail(text: string): boolean {
  return text.length <= 254 && /^[^\s@,;]+@[^\s@,;]+\.[^\s@.,;]{2,}$/.test(text);
}

/** True for an IP address of version 4 or 6. */
export function isIpAddress(text: string): boolean {
  return isIP(text) !== 0;
}

/** True for an international bank account number whose check digits are right (ISO 13616, ISO 7064 mod 97-10). */
export function isIban(text: string): boolean {
  const compact = text.replaceAll(" ", "");
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(compact)) return false;
  let remainder = 0;
  for (const character of compact.slice(4) + compact.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}

/** True for a payment card's number: 13 to 19 digits, maybe in groups, with the right check digit (ISO/IEC 7812-1, Luhn). */
export function isCardNumber(text: string): boolean {
  if (!/^\d[\d -]{11,22}\d$/.test(text)) return false;
  const digits = text.replace(/[ -]/g, "");
  if (digits.length < 13 || digits.length > 19) return false;
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = Number(digits[digits.length - 1 - place]);
    const doubled = place % 2 === 0 ? digit : 2 * digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** True for 7 to 15 digits with what people put between the digits of a phone number (ITU-T E.164 has at most 15). */
export function isPhoneNumber(text: string): boolean {
  if (!/^\+?[\d(][\d\s()./-]*\d(?:\s?(?:x|ext\.?)\s?\d{1,6})?$/i.test(text)) return false;
  const digits = text.replace(/(?:x|ext).*$/i, "").replace(/\D/g, "").length;
  return digits >= 7 && digits <= 15;
}

/** True for a phone number that could be nothing else: a country code, or an area code in parentheses. */
export function isInternationalPhoneNumber(text: string): boolean {
  return (text.startsWith("+") || /^\(\d{2,5}\) ?\d/.test(text)) && isPhoneNumber(text);
}

/** True for one to three words of letters: a first name or a last name. */
export function isNameWord(text: string): boolean {
  return /^\p{L}[\p{L}\p{M}'’`.-]*(?: [\p{L}\p{M}'’`.-]+){0,2}$/u.test(text);
}

/** True for two to seven words of letters, maybe with a comma: a person's whole name. */
export function isFullName(text: string): boolean {
  return /^\p{Lu}[\p{L}\p{M}'’.-]*,?(?: [\p{L}\p{M}'’."()-]+){1,6}$/u.test(text);
}
