import { PRESETS } from "../../dist/index.js";

export const TABLES = ["adult", "bank", "players"];
export const MODES = ["ring", "grid"];

/** Generator steps of the first budget. */
export const STEPS = 600;

/** Rows by which a preset is shown: the default by itself, and drawn in two rounds after its adversarial phase. */
export const SYSTEMS = [
  ...Object.keys(PRESETS)
    .filter((name) => name !== "balanced")
    .map((preset) => ({ name: preset, preset, settings: [], rounds: undefined })),
  { name: "balanced", preset: "balanced", settings: ["model.adversarial.enabled=false"], rounds: undefined },
  {
    name: "balanced, 2 rounds",
    preset: "balanced",
    settings: [`model.adversarial.maxSteps=${STEPS / 3}`],
    rounds: 2,
  },
];

/**
 * Every run, in the order in which they are worth having: the same steps before the same time, seed by seed, the default
 * first (it says what the same time is), its dear two rounds after the others.
 */
export function plannedRuns(seeds) {
  const [defaults, others] = [SYSTEMS.filter(isDefault), SYSTEMS.filter((system) => !isDefault(system))];
  const of = (tables, systems, budget) =>
    tables.flatMap((table) => systems.map((system) => ({ table, system, budget })));
  const each = (runs) => seeds.flatMap((seed) => runs.map((run) => ({ ...run, seed })));
  return [
    ...each(of([...TABLES, ...MODES], [defaults[0], ...others], "steps")),
    ...each(of([...TABLES, ...MODES], defaults.slice(1), "steps")),
    ...each(of(TABLES, others, "time")),
  ];
}

/** A run's name in results.json. */
export function keyOf({ table, system, seed, budget }) {
  return [table, system.name, `seed ${seed}`, `same ${budget}`].join(" / ");
}

/** The command's flags for so many generator steps on a table. */
export function budgetFlags({ preset, settings }, table, steps) {
  const { model } = PRESETS[preset];
  // Of two columns one can be known.
  const known = preset === "conditional" && MODES.includes(table) ? ["model.condition.columns=1"] : [];
  const exactly =
    model.kind === "gan"
      ? [`model.training.minSteps=${steps}`, `model.training.maxSteps=${steps}`]
      : model.kind === "completion"
        ? [`model.completion.minSteps=${steps}`, `model.completion.maxSteps=${steps}`]
        : [];
  return [...exactly, ...settings, ...known].flatMap((setting) => ["--set", setting]);
}

function isDefault({ preset }) {
  return preset === "balanced";
}
