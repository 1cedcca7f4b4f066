import { usageError } from "../../core/errors.js";
import type { GanConfig } from "../config.js";
import type { Architecture } from "./architecture.js";
import { mlp } from "./mlp.js";
import { progressive } from "./progressive.js";
import { residual } from "./residual.js";
import { stylegan } from "./stylegan.js";

/** The architectures by their names in the configuration. */
export function makeArchitecture(name: GanConfig["architecture"]): Architecture {
  switch (name) {
    case "mlp":
      return mlp;
    case "residual":
      return residual;
    case "stylegan":
      return stylegan;
    case "progressive":
      return progressive;
    case "dcgan":
      throw usageError("E_CONFIG_VALUE", `architecture ${name} cannot be trained yet`, { where: "model.architecture" });
    default:
      return name satisfies never;
  }
}
