import { clamp, drawIndex, drawLogNormal, drawOne, drawTrue, sigmoid } from "./draws.mjs";

const PRODUCTS = 50_000;
const DAY_MS = 86_400_000;
const FIRST_DAY = Date.UTC(2020, 0, 1);
const CHANNELS = ["web", "app", "shop", "phone"];
const STATES = ["open", "paid", "sent", "returned", "cancelled"];
const MEASURES = 10;

/**
 * Orders of a shop: a million rows, 30 columns, numbers, categories, dates, flags, missing cells. `product` has 50,000
 * levels, the first ones far more often (frequency falls as rank^-0.6); it settles category, maker and list price.
 */
export const million = {
  columns: [
    ...["product", "category", "maker", "list_price", "ordered", "sent", "weekday", "hour", "channel", "country"],
    ...["age", "member", "quantity", "discount", "price", "shipping", "total", "state", "rating", "days_to_send"],
    ...Array.from({ length: MEASURES }, (_, i) => `measure_${i}`),
  ],
  rows: { train: 1_000_000, holdout: 50_000 },
  target: "member",
  makeRow: (plan) => {
    const products = makeProducts(plan.fork("products"));
    return (random) => makeOrder(random, products);
  },
};

function makeProducts(random) {
  return Array.from({ length: PRODUCTS }, (_, i) => {
    const category = random.integer(24);
    const price = drawLogNormal(random, 2.5 + (category % 6) * 0.35, 0.6);
    return { name: `p${String(i).padStart(5, "0")}`, category, maker: random.integer(300), price: roundCents(price) };
  });
}

function makeOrder(random, products) {
  const product = products[Math.floor(PRODUCTS * random.uniform() ** 2.5)];
  const age = Math.round(clamp(18 + drawLogNormal(random, 2.9, 0.5), 18, 95));
  const isMember = drawTrue(random, sigmoid((age - 45) / 15 + (product.category % 3) - 1));
  const day = Math.floor(1400 * Math.sqrt(random.uniform()));
  const hour = Math.round(clamp(15 + 4.5 * random.normal(), 0, 23));
  const channel = drawOne(random, CHANNELS, age < 40 ? [4, 5, 1, 0.2] : [4, 1.5, 3, 1.5]);
  const quantity = 1 + Math.floor(drawLogNormal(random, -0.8, 0.8));
  const discount = drawOne(random, [0, 5, 10, 20, 30], isMember ? [3, 3, 3, 1, 0.5] : [8, 1, 0.5, 0.3, 0.2]);
  const price = roundCents(product.price * quantity * (1 - discount / 100));
  const shipping = isMember || price > 80 ? 0 : channel === "shop" ? 0 : 4.95;
  const delay = channel === "shop" ? 0 : 1 + Math.floor(drawLogNormal(random, 0.3, 0.7));
  const state = drawOne(random, STATES, day > 1380 ? [4, 3, 2, 0.1, 0.3] : [0.05, 0.2, 9, 0.6 + discount / 40, 0.4]);
  const isSent = state === "sent" || state === "returned";
  const rating = drawTrue(random, 0.55)
    ? ""
    : clamp(Math.round(4.2 - (state === "returned" ? 2 : 0) + random.normal()), 1, 5);
  return [
    ...[product.name, `category_${product.category}`, `maker_${product.maker}`, product.price.toFixed(2)],
    ...[isoDay(day), isSent ? isoDay(day + delay) : "", (day + 3) % 7, hour, channel],
    ...[`country_${drawIndex(random, COUNTRIES)}`, age, isMember, quantity, discount, price.toFixed(2)],
    ...[shipping.toFixed(2), (price + shipping).toFixed(2), state, rating, isSent ? delay : ""],
    ...makeMeasures(random, [Math.log(price), age / 20, product.category / 8]),
  ];
}

/** Frequencies of 40 countries. */
const COUNTRIES = Array.from({ length: 40 }, (_, i) => 1 / (i + 1));

function makeMeasures(random, drivers) {
  return Array.from({ length: MEASURES }, (_, i) =>
    (drivers[i % 3] * (1 + i / 10) + drivers[(i + 1) % 3] * 0.5 + (0.5 + i / 20) * random.normal()).toFixed(3),
  );
}

function roundCents(value) {
  return Math.round(value * 100) / 100;
}

function isoDay(day) {
  return new Date(FIRST_DAY + day * DAY_MS).toISOString().slice(0, 10);
}
