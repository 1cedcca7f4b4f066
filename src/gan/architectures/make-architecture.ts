import { usageError } from "../../core/errors.js";
import type { GanConfig } from "../config.js";
import type { Architecture } from "./architecture.js";
import { mlp } from "./mlp.js";
import { residual } from "./residual.js";

/** The architectures by their names in the configuration. */
export function makeArchitecture(name: GanConfig["architecture"]): Architecture {
  switch (name) {
    case "mlp":
      return mlp;
    case "residual":
      return residual;
    case "dcgan":
    case "stylegan":
    case "progressive":
      throw usageError("E_CONFIG_VALUE", `architecture ${name} cannot be trained yet`, { where: "model.architecture" });
    default:
      return name satisfies never;
  }
}
