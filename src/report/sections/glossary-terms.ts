import { PRIVACY_TERMS } from "./glossary-privacy.js";
import type { Term } from "./term.js";

/** Every number of the page, in the order of its sections. */
export const GLOSSARY: readonly { readonly heading: string; readonly terms: readonly Term[] }[] = [
  {
    heading: "Reading the figures",
    terms: [
      {
        name: "Ceiling",
        text: "The same score of an equally large sample of real rows that were kept away from training. It is as good as a score can honestly get. Where held-out rows are fewer than synthetic ones, “same size” is the score of as many synthetic rows: compare that with the ceiling. Where no row was held out, it is estimated from one half of the training table against the other.",
        source: { name: "Platzer and Reutterer 2021", url: "https://doi.org/10.3389/fdata.2021.679939" },
      },
      {
        name: "Above the ceiling",
        text: "A score better than its ceiling: within noise where chance explains it, beyond noise where it does not. Then the rows follow this very sample of real rows, as copies do.",
      },
      {
        name: "Interval",
        text: "Where the figure would lie in 95 of 100 repetitions. Shares have Wilson's score interval.",
        source: { name: "Wilson 1927", url: "https://doi.org/10.1080/01621459.1927.10502953" },
      },
      {
        name: "Interval of a score",
        text: "Scores are computed again without each tenth of the synthetic rows (grouped jackknife).",
        source: { name: "Efron and Stein 1981", url: "https://doi.org/10.1214/aos/1176345462" },
      },
      {
        name: "Interval of an AUC",
        text: "From the ranks that each row has among those of the other kind; wider where five folds share the rows that were learned from (Nadeau and Bengio 2003).",
        source: { name: "DeLong, DeLong and Clarke-Pearson 1988", url: "https://doi.org/10.2307/2531595" },
      },
    ],
  },
  {
    heading: "Single columns",
    terms: [
      {
        name: "Column shapes",
        text: "Mean of the columns' scores: KSComplement for numbers and dates, TVComplement for categories. Overall is the mean of column shapes and pair trends.",
        source: { name: "SDMetrics, quality report", url: "https://docs.sdv.dev/sdmetrics/data-metrics/quality" },
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
        name: "Wasserstein distance",
        text: "How far values must be moved on average to turn one distribution into the other, in standard deviations of the real column. 0 is equal.",
        source: { name: "Villani 2009", url: "https://doi.org/10.1007/978-3-540-71050-9" },
      },
      {
        name: "Jensen-Shannon distance",
        text: "Square root of the Jensen-Shannon divergence (base 2) of the shares of categories or bins, 0 to 1. 0 is equal.",
        source: { name: "Endres and Schindelin 2003", url: "https://doi.org/10.1109/TIT.2003.813506" },
      },
      {
        name: "Missing, difference",
        text: "Share of missing values among synthetic rows less the share among real ones.",
      },
      {
        name: "Coverage",
        text: "Of a column of categories the share of the real ones, seen often enough to expect them, that occur; rare ones have less than 1 % of the real rows. Of numbers the weight of the outermost twentieths that is kept.",
      },
      {
        name: "Adherence, structure",
        text: "Share of values within the real minimum and maximum; share of categories that real rows have too; agreement of column names and types.",
        source: { name: "SDMetrics, diagnostic report", url: "https://docs.sdv.dev/sdmetrics/data-metrics/diagnostic" },
      },
      {
        name: "Key uniqueness",
        text: "1 minus the share of duplicated or missing keys, averaged over identifier columns.",
        source: { name: "SDMetrics", url: "https://docs.sdv.dev/sdmetrics/metrics/metrics-glossary/keyuniqueness" },
      },
    ],
  },
  {
    heading: "Columns together",
    terms: [
      {
        name: "Pair trends",
        text: "Mean of the pairs' scores: CorrelationSimilarity for two numbers, ContingencySimilarity for all others.",
        source: { name: "SDMetrics, quality report", url: "https://docs.sdv.dev/sdmetrics/data-metrics/quality" },
      },
      {
        name: "CorrelationSimilarity",
        text: "Score of a pair of numbers: 1 minus half the difference of Pearson's correlations.",
        source: {
          name: "SDMetrics",
          url: "https://docs.sdv.dev/sdmetrics/metrics/metrics-glossary/correlationsimilarity",
        },
      },
      {
        name: "ContingencySimilarity",
        text: "Score of any other pair: 1 minus the total variation distance of the two tables of joint shares. Numbers are cut into ten bins of the real column's range.",
        source: {
          name: "SDMetrics",
          url: "https://docs.sdv.dev/sdmetrics/metrics/metrics-glossary/contingencysimilarity",
        },
      },
      {
        name: "Pearson's correlation",
        text: "Strength and direction of a straight-line relation of two numbers, −1 to 1.",
        source: { name: "Pearson 1895", url: "https://doi.org/10.1098/rspl.1895.0041" },
      },
      {
        name: "Spearman's correlation",
        text: "Pearson's correlation of ranks: any rising or falling relation counts, −1 to 1.",
        source: { name: "Spearman 1904", url: "https://doi.org/10.2307/1412159" },
      },
      {
        name: "Correlation ratio",
        text: "Of a category and a number: root of the share of the number's variance that lies between the categories, 0 to 1.",
        source: { name: "Wikipedia", url: "https://en.wikipedia.org/wiki/Correlation_ratio" },
      },
      {
        name: "Cramér's V",
        text: "Strength of the association of two columns of categories, 0 to 1, from the chi-squared statistic.",
        source: {
          name: "Cramér 1946, Mathematical Methods of Statistics",
          url: "https://doi.org/10.1515/9781400883868",
        },
      },
      {
        name: "Accuracy",
        text: "1 minus the total variation distance over bins of equal weight or the most frequent categories, of single columns, pairs and triples.",
        source: { name: "Platzer and Reutterer 2021", url: "https://doi.org/10.3389/fdata.2021.679939" },
      },
      {
        name: "Alpha-precision, beta-recall",
        text: "Do synthetic rows lie where the densest share of the real ones does (precision), and is there a synthetic row near each real one (recall)? Integrated over all shares; 1 is best.",
        source: { name: "Alaa et al. 2022", url: "https://arxiv.org/abs/2102.08921" },
      },
    ],
  },
  {
    heading: "Detection",
    terms: [
      {
        name: "C2ST",
        text: "Classifier two-sample test: a cross-validated classifier tries to tell the tables apart. 0.5 is guessing, 1 is always right.",
        source: { name: "Lopez-Paz and Oquab 2017", url: "https://arxiv.org/abs/1610.06545" },
      },
      {
        name: "AUC",
        text: "Area under the ROC curve: the chance that a random row of one kind is ranked above a random row of the other, ties half.",
        source: { name: "Hanley and McNeil 1982", url: "https://doi.org/10.1148/radiology.143.1.7063747" },
      },
      {
        name: "Boosting, logistic",
        text: "Two classifiers: gradient boosting of decision trees finds any pattern; logistic regression on standardised numbers and one-hot categories finds what single columns and their sums tell.",
        source: { name: "Friedman 2001", url: "https://doi.org/10.1214/aos/1013203451" },
      },
      {
        name: "Importance",
        text: "What a model's AUC (or R²) loses when a column is shuffled among the rows it is asked about (permutation importance).",
        source: { name: "Breiman 2001", url: "https://doi.org/10.1023/A:1010933404324" },
      },
      {
        name: "Pattern, cell",
        text: "A rule, or a combination of groups of three columns, that more synthetic than real rows follow (or fewer). Shares are counted on rows that it was not found on; nothing that fewer than five training rows have is named.",
      },
    ],
  },
  {
    heading: "Usefulness",
    terms: [
      {
        name: "Utility (TSTR)",
        text: "Train on synthetic, test on real: a model learned from synthetic rows is tested on held-out real rows, beside one learned from as many real rows and a baseline that knows nothing.",
        source: { name: "Esteban, Hyland and Rätsch 2017", url: "https://arxiv.org/abs/1706.02633" },
      },
      {
        name: "Augmentation",
        text: "Training on all real rows and as many synthetic ones, against all real rows alone.",
      },
      {
        name: "F1, accuracy",
        text: "Accuracy: share of rows whose likeliest class is right. F1: mean over classes of the harmonic mean of precision and recall.",
      },
      {
        name: "Brier score",
        text: "Mean squared distance of predicted chances from what came true, 0 to 1. 0 is best.",
        source: { name: "Brier 1950", url: "https://doi.org/10.1175/1520-0493(1950)078%3C0001:VOFEIT%3E2.0.CO;2" },
      },
      {
        name: "ECE, calibration",
        text: "Expected calibration error: how far predicted chances are from the true shares, over ten groups of rows of like prediction. 0 is best.",
        source: { name: "Guo et al. 2017", url: "https://arxiv.org/abs/1706.04599" },
      },
      {
        name: "R², RMSE",
        text: "R²: share of a number's variance that is predicted, 0 knows nothing, 1 is exact. RMSE: root of the mean squared error, in the number's units.",
      },
    ],
  },
  { heading: "Privacy", terms: PRIVACY_TERMS },
];
