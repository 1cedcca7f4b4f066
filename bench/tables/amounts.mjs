import { clamp, drawIndex, drawLogNormal, drawOne, drawTrue, roundTo, sigmoid } from "./draws.mjs";

const MONTHS = 7;
const STATUS_MONTHS = 4;
const LEVELS = ["graduate", "university", "school", "other"];

/**
 * Credit-card accounts: what a customer is, and seven months of bills and of payments for the bill of the month before.
 * Bills are running balances; a payment equals last month's bill in 13 % of rows, is within 3 % of it in nearly half
 * (equal ones among them), is 0, a round number or the least that is due in the others. Month 1 is the newest.
 */
export const amounts = {
  columns: [
    ...["limit", "sex", "education", "marriage", "age"],
    ...months(STATUS_MONTHS).map((month) => `status_${month}`),
    ...months(MONTHS).map((month) => `bill_${month}`),
    ...months(MONTHS).map((month) => `payment_${month}`),
    "default",
  ],
  rows: { train: 24_000, holdout: 6_000 },
  target: "default",
  makeRow: () => makeAccount,
};

/** What a customer does with a bill, and how often each habit goes over into each act: [habit][act]. */
const ACTS = ["equal", "near", "least", "round", "nothing"];
const HABITS = [
  { share: 0.13, acts: [0.72, 0.14, 0.02, 0.06, 0.06] },
  { share: 0.42, acts: [0.05, 0.83, 0.03, 0.05, 0.04] },
  { share: 0.22, acts: [0.03, 0.04, 0.66, 0.17, 0.1] },
  { share: 0.15, acts: [0.02, 0.05, 0.1, 0.73, 0.1] },
  { share: 0.08, acts: [0.01, 0.02, 0.1, 0.12, 0.75] },
];

function makeAccount(random) {
  const person = drawPerson(random);
  const habit = drawHabit(random, person);
  const { bills, payments, status } = drawMonths(random, person, habit);
  const late = status.slice(0, STATUS_MONTHS).reduce((sum, months) => sum + Math.max(months, 0), 0);
  const use = bills[0] / person.limit;
  const risk =
    -2.3 + 0.55 * late + 0.8 * use - 0.3 * Math.log(person.limit / 100_000) + 0.01 * Math.abs(person.age - 40);
  const shown = [person.limit, person.sex, person.education, person.marriage, person.age];
  return [...shown, ...status.slice(0, STATUS_MONTHS), ...bills, ...payments, drawTrue(random, sigmoid(risk)) ? 1 : 0];
}

function drawPerson(random) {
  const age = Math.floor(clamp(21 + drawLogNormal(random, 2.45, 0.65), 21, 79));
  const education = drawIndex(random, age < 35 ? [0.42, 0.46, 0.1, 0.02] : [0.28, 0.44, 0.26, 0.02]);
  const married = sigmoid((age - 31) / 5) * 0.75;
  const marriage = drawOne(random, ["married", "single", "other"], [married, 0.98 - married, 0.02]);
  const log = 11.9 - 0.28 * education + 0.012 * Math.min(age - 21, 25) + 0.75 * random.normal();
  const limit = clamp(roundTo(Math.exp(log), Math.exp(log) > 100_000 ? 20_000 : 10_000), 10_000, 800_000);
  return { age, sex: drawOne(random, ["female", "male"], [0.6, 0.4]), education: LEVELS[education], marriage, limit };
}

/** Rich customers pay in full more often. */
function drawHabit(random, { limit, education }) {
  const wealth = Math.log(limit / 120_000) + (education === "graduate" ? 0.3 : 0);
  const weights = HABITS.map(({ share }, i) => share * Math.exp(i === 0 ? 0.5 * wealth : i > 1 ? -0.15 * wealth : 0));
  return HABITS[drawIndex(random, weights)];
}

/** Bills, payments and months of delay, newest month first. */
function drawMonths(random, person, habit) {
  const isIdle = drawTrue(random, 0.07);
  const spending = person.limit * clamp(drawLogNormal(random, -2.3, 0.9), 0.002, 0.6);
  let bill = isIdle ? 0 : Math.round(spending * drawLogNormal(random, 0.4, 0.7));
  let delay = 0;
  const [bills, payments, status] = [[], [], []];
  for (let month = 0; month < MONTHS; month++) {
    const payment = bill <= 0 ? 0 : drawPayment(random, bill, ACTS[drawIndex(random, habit.acts)]);
    delay = bill > 0 && payment === 0 ? Math.min(delay + 1, 8) : 0;
    status.unshift(bill <= 0 ? -2 : delay > 0 ? delay : payment >= bill ? -1 : 0);
    const interest = payment < bill ? Math.round((bill - payment) * 0.012) : 0;
    const bought = isIdle || drawTrue(random, 0.12) ? 0 : Math.round(spending * drawLogNormal(random, -0.2, 0.55));
    bill = Math.min(bill - payment + interest + bought, Math.round(person.limit * 1.05));
    bills.unshift(bill);
    payments.unshift(payment);
  }
  return { bills, payments, status };
}

function drawPayment(random, bill, act) {
  switch (act) {
    case "equal":
      return bill;
    case "near":
      return drawNear(random, bill);
    case "least":
      return Math.min(bill, Math.max(Math.round(bill * 0.05), 1000));
    case "round":
      return Math.min(drawRound(random, bill), Math.ceil(bill / 1000) * 1000);
    default:
      return 0;
  }
}

/** Up to a round sum, with a fee, or a little less: within 3 % where the bill is not tiny. */
function drawNear(random, bill) {
  const way = random.uniform();
  const rounded = Math.ceil(bill / 100) * 100;
  if (way < 0.35 && rounded <= bill * 1.03) return rounded;
  return Math.max(1, Math.round(bill * (1 + (way < 0.6 ? 0.03 : -0.028) * random.uniform())));
}

function drawRound(random, bill) {
  const step = drawOne(random, [500, 1000, 5000, 10_000], [0.15, 0.55, 0.2, 0.1]);
  return Math.max(step, roundTo(bill * clamp(drawLogNormal(random, -2, 0.8), 0.02, 1), step));
}

function months(count) {
  return Array.from({ length: count }, (_, i) => i + 1);
}
