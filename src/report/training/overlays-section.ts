import { overlayChart } from "../charts/overlay-chart.js";
import { formatCount, formatPercent } from "../format.js";
import { type Html, html, nameHtml } from "../html.js";
import { section } from "../sections/section.js";
import { type FieldOverlay, keptStep, type TrainingRecord } from "./training-record.js";
import { phaseName } from "./training-words.js";

/** Looks drawn of a field, and fields drawn, at most. */
const SHOWN_LOOKS = 5;
const SHOWN_FIELDS = 16;

/** How drawn rows came to look like real ones, field by field, from the first look to the last. */
export function overlaysSection(record: TrainingRecord): Html | undefined {
  const { overlays = [] } = record;
  const distanceOf = (overlay: FieldOverlay) => endDistance(overlay, keptStep(record, overlay.phase));
  const drawn = overlays.filter(({ real, looks }) => real.length > 0 && looks.length > 0);
  if (drawn.length === 0) return undefined;
  const shown = drawn.toSorted((a, b) => distanceOf(b) - distanceOf(a)).slice(0, SHOWN_FIELDS);
  const fewer =
    shown.length < drawn.length
      ? ` The ${shown.length} of ${drawn.length} fields that ended farthest off are shown.`
      : "";
  const legend = html`<ul class="legend"><li><svg viewBox="0 0 26 14" aria-hidden="true" focusable="false"><path class="real-area" d="M1 13V5H25V13Z"/></svg>real rows</li><li><svg viewBox="0 0 26 14" aria-hidden="true" focusable="false"><path class="synthetic-line" d="M1 9H13V4H25"/></svg>drawn rows</li></ul>`;
  return section(
    "overlays",
    "Drawn rows through time",
    `Shares of each field's values, in their order from left to right, at looks from the first to the last. Healthy: the line settles onto the grey area; a few high towers are mode collapse.${fewer}`,
    html`${legend}${shown.map((overlay) => overlayRow(overlay, keptStep(record, overlay.phase)))}`,
  );
}

/** Half the summed differences of shares: 0 alike, 1 nothing in common (total variation). */
export function overlayDistance(real: readonly number[], shares: readonly number[]): number {
  return real.reduce((sum, share, i) => sum + Math.abs(share - (shares[i] ?? 0)), 0) / 2;
}

/** At the look that was kept, else at the last one. */
function endDistance({ real, looks }: FieldOverlay, kept: number | undefined): number {
  const end = looks.find(({ step }) => step === kept) ?? looks.at(-1);
  return overlayDistance(real, end?.shares ?? []);
}

function overlayRow(overlay: FieldOverlay, kept: number | undefined): Html {
  const { field, phase, real, looks } = overlay;
  const top = Math.max(...real) * 2;
  const pictures = someLooks(looks, kept).map(({ step, shares }) => {
    const distance = formatPercent(overlayDistance(real, shares));
    const label = `${field}, step ${formatCount(step)}: drawn rows differ from real ones by ${distance}`;
    return html`<figure><figcaption>step ${formatCount(step)}${step === kept && html` <b>kept</b>`}<span>${distance} off</span></figcaption>${overlayChart(label, { real, drawn: shares, top })}</figure>`;
  });
  return html`<article class="card overlay"><h3>${nameHtml(field)}</h3><p class="fine">${phaseName(phase)}</p><div class="looks">${pictures}</div></article>`;
}

/** The first, the last, the one that was kept, and some between: closer together at the beginning, where most changes. */
function someLooks(looks: FieldOverlay["looks"], kept: number | undefined): FieldOverlay["looks"] {
  if (looks.length <= SHOWN_LOOKS) return looks;
  const last = looks.length - 1;
  const places = Array.from({ length: SHOWN_LOOKS }, (_, i) => Math.round(last * (i / (SHOWN_LOOKS - 1)) ** 1.6));
  const at = looks.findIndex(({ step }) => step === kept);
  if (at > 0 && !places.includes(at)) places[nearestInside(places, at)] = at;
  return [...new Set(places)].sort((a, b) => a - b).map((place) => looks[place]!);
}

/** Which of the places between the first and the last is nearest to `at`. */
function nearestInside(places: readonly number[], at: number): number {
  const distances = places.map((place, i) =>
    i % (places.length - 1) === 0 ? Number.POSITIVE_INFINITY : Math.abs(place - at),
  );
  return distances.indexOf(Math.min(...distances));
}
