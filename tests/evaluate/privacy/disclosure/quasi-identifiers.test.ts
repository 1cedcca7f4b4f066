import { describe, expect, it } from "vitest";
import { chooseQuasiIdentifiers } from "../../../../src/evaluate/privacy/disclosure/quasi-identifiers.js";

const ADULT =
  "age workclass fnlwgt education education-num marital-status occupation relationship race sex capital-gain capital-loss hours-per-week native-country income";

describe("chooseQuasiIdentifiers", () => {
  it("takes the given columns in their order, each once", () => {
    expect(chooseQuasiIdentifiers(["income", "age", "income"], ADULT.split(" "))).toEqual({
      columns: ["income", "age"],
      chosen: "given",
    });
  });

  it("takes those that an outsider knows by their names, in the table's order", () => {
    expect(chooseQuasiIdentifiers(undefined, ADULT.split(" "))).toEqual({
      columns: "age education education-num marital-status occupation race sex native-country".split(" "),
      chosen: "by name",
    });
  });

  it.each(["birthDate", "DOB", "native_country", "Zip3", "home city", "Sex", "Familienstand"])("knows %s", (name) => {
    expect(chooseQuasiIdentifiers(undefined, [name])?.columns).toEqual([name]);
  });

  it.each([
    "usage",
    "stage",
    "capacity",
    "embrace",
    "sexton",
    "statement",
    "order_state",
    "vehicleAge",
    "income",
    "日本",
  ])("does not take %s for one", (name) => {
    expect(chooseQuasiIdentifiers(undefined, [name])).toBeUndefined();
  });

  it("has none where none is named so or the list is empty", () => {
    expect(chooseQuasiIdentifiers(undefined, [])).toBeUndefined();
    expect(chooseQuasiIdentifiers([], ["age"])).toBeUndefined();
  });

  it("refuses a name that no compared column has, with the nearest one", () => {
    expect(() => chooseQuasiIdentifiers(["agee"], ["age", "sex"])).toThrow(
      expect.objectContaining({ code: "E_EVALUATE_QUASI_IDENTIFIER", kind: "usage", hint: 'did you mean "age"?' }),
    );
  });
});
