import type { GanConfig } from "../config.js";
import type { Architecture } from "./architecture.js";
import { dcgan } from "./dcgan.js";
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
      return dcgan;
    default:
      return name satisfies never;
  }
}
