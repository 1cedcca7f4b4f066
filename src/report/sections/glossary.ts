import { type Html, html } from "../html.js";
import { section } from "./section.js";

interface Term {
  readonly name: string;
  readonly text: string;
  readonly source?: { readonly name: string; readonly url: string };
}

/** Every term of the page in plain words, with the paper it comes from. */
export function glossarySection(): Html {
  const lead =
    "What the words mean, and where to read more. Links open the source; nothing is loaded before you follow one.";
  const terms = TERMS.map(
    ({ name, text, source }) =>
      html`<div><dt>${name}</dt><dd>${text}${source !== undefined && html` <a href="${source.url}" rel="noopener noreferrer">${source.name}</a>`}</dd></div>`,
  );
  return section("glossary", "Glossary and sources", lead, html`<dl class="glossary">${terms}</dl>`);
}

const TERMS: readonly Term[] = [
  {
    name: "Ceiling",
    text: "The same score of an equally large sample of real rows that were kept away from training. It is as good as a score can honestly get. Where held-out rows are fewer than synthetic ones, “same size” is the score of as many synthetic rows: compare that with the ceiling.",
    source: { name: "Platzer and Reutterer 2021", url: "https://doi.org/10.3389/fdata.2021.679939" },
  },
  {
    name: "Interval",
    text: "Where the figure would lie in 95 of 100 repetitions. For shares it is Wilson's score interval.",
    source: { name: "Wilson 1927", url: "https://doi.org/10.1080/01621459.1927.10502953" },
  },
  {
    name: "KSComplement",
    text: "Score of a numeric column: 1 minus the largest gap between the two cumulative distributions (Kolmogorov-Smirnov). Missing values are left out.",
    source: { name: "Massey 1951", url: "https://doi.org/10.1080/01621459.1951.10500769" },
  },
  {
    name: "TVComplement",
    text: "Score of a column of categories: 1 minus half the sum of the differences of shares (total variation distance).",
    source: { name: "SDMetrics", url: "https://docs.sdv.dev/sdmetrics/metrics/metrics-glossary/tvcomplement" },
  },
  {
    name: "CorrelationSimilarity",
    text: "Score of a pair of numbers: 1 minus half the difference of Pearson's correlations.",
    source: { name: "SDMetrics", url: "https://docs.sdv.dev/sdmetrics/metrics/metrics-glossary/correlationsimilarity" },
  },
  {
    name: "ContingencySimilarity",
    text: "Score of any other pair: 1 minus the total variation distance of the two tables of joint shares. Numbers are cut into ten bins of the real column's range.",
    source: { name: "SDMetrics", url: "https://docs.sdv.dev/sdmetrics/metrics/metrics-glossary/contingencysimilarity" },
  },
  {
    name: "Cramér's V",
    text: "Strength of the association of two columns of categories, 0 to 1, from the chi-squared statistic.",
    source: { name: "Cramér 1946, Mathematical Methods of Statistics", url: "https://doi.org/10.1515/9781400883868" },
  },
  {
    name: "Accuracy",
    text: "1 minus the total variation distance over bins or the most frequent categories, of single columns, pairs and triples.",
    source: { name: "Platzer and Reutterer 2021", url: "https://doi.org/10.3389/fdata.2021.679939" },
  },
  {
    name: "Adherence, structure",
    text: "Share of values within the real minimum and maximum; share of categories that real rows have too; agreement of column names and types.",
    source: { name: "SDMetrics, diagnostic report", url: "https://docs.sdv.dev/sdmetrics/data-metrics/diagnostic" },
  },
  {
    name: "C2ST",
    text: "Classifier two-sample test: a cross-validated classifier tries to tell the tables apart. Its AUC is the chance that it ranks a random real and a random synthetic row rightly; 0.5 is guessing.",
    source: { name: "Lopez-Paz and Oquab 2017", url: "https://arxiv.org/abs/1610.06545" },
  },
  {
    name: "Utility (TSTR)",
    text: "Train on synthetic, test on real: a model learned from synthetic rows is tested on held-out real rows, beside one learned from real rows and a baseline.",
    source: { name: "Esteban, Hyland and Rätsch 2017", url: "https://arxiv.org/abs/1706.02633" },
  },
  {
    name: "Distance",
    text: "Gower's distance: per column 0 to 1 (numbers by their range, categories equal or not), averaged over columns.",
    source: { name: "Gower 1971", url: "https://doi.org/10.2307/2528823" },
  },
  {
    name: "DCR, DCR share",
    text: "Distance to the closest record; and the share of synthetic rows that are closer to a training row than to a held-out row, ties counted half.",
    source: { name: "Platzer and Reutterer 2021", url: "https://doi.org/10.3389/fdata.2021.679939" },
  },
  {
    name: "NNDR",
    text: "Nearest-neighbour distance ratio: distance to the nearest real row over that to the second nearest. Near 0, one real person stands out.",
    source: { name: "Zhao et al. 2021", url: "https://arxiv.org/abs/2102.08369" },
  },
  {
    name: "Membership inference",
    text: "Guessing from the synthetic table whether a row was among the training rows.",
    source: { name: "van Breugel et al. 2023", url: "https://arxiv.org/abs/2302.12580" },
  },
  {
    name: "Singling out, linkability, inference",
    text: "The three risks that anonymous data must withstand by the opinion of the EU's Article 29 Working Party, measured as attack against control and baseline.",
    source: { name: "Giomi et al. 2023", url: "https://doi.org/10.56553/popets-2023-0055" },
  },
];
