/**
 * The tables on which generators are known to lose modes (Srivastava et al. 2017, arXiv:1705.07761; Lin et al. 2018,
 * arXiv:1712.04086): Gaussians in the plane whose centres and widths are known, columns x and y. Nothing is imported, so that
 * tests and benchmarks draw the same rows.
 */
export const MODE_TABLES = {
  /** Eight Gaussians on a circle of radius 1. */
  ring: { centres: Array.from({ length: 8 }, (_, i) => around(i / 8)), deviation: 0.01 },
  /** 25 Gaussians at -4, -2, 0, 2, 4 in both directions. */
  grid: {
    centres: Array.from({ length: 25 }, (_, i) => [2 * (i % 5) - 4, 2 * Math.floor(i / 5) - 4]),
    deviation: 0.05,
  },
};

/** Rows [x, y], modes in equal shares; `random` is a RandomStream. */
export function drawModes({ centres, deviation }, rowCount, random) {
  return Array.from({ length: rowCount }, () => {
    const [x, y] = centres[random.integer(centres.length)];
    return [x + deviation * random.normal(), y + deviation * random.normal()];
  });
}

/**
 * What PacGAN's table counts: `highQuality`, the share of rows within three standard deviations of a centre; `modes`, the
 * centres that have such a row among the first 2,500 (as there), and among all rows in `modesOfAll`.
 */
export function scoreModes({ centres, deviation }, rows) {
  const nearest = rows.map((row) => nearestCentre(centres, row));
  const good = nearest.map(({ distance }) => distance <= 3 * deviation);
  const modesAmong = (count) =>
    new Set(nearest.slice(0, count).flatMap(({ centre }, row) => (good[row] ? [centre] : []))).size;
  return {
    modes: modesAmong(2500),
    modesOfAll: modesAmong(rows.length),
    highQuality: good.filter(Boolean).length / rows.length,
  };
}

function around(turn) {
  return [Math.cos(2 * Math.PI * turn), Math.sin(2 * Math.PI * turn)];
}

function nearestCentre(centres, [x, y]) {
  const distances = centres.map(([a, b]) => Math.hypot(x - a, y - b));
  const distance = Math.min(...distances);
  return { centre: distances.indexOf(distance), distance };
}
