/** A term of the page in plain words, with the paper it comes from. */
export interface Term {
  readonly name: string;
  readonly text: string;
  readonly source?: { readonly name: string; readonly url: string };
}
