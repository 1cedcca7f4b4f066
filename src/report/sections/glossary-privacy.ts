import type { Term } from "./term.js";

/** Every number of the privacy section. */
export const PRIVACY_TERMS: readonly Term[] = [
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
    name: "Identical matches, unique values",
    text: "Share of synthetic rows that equal a training row; share of cells with a value that one training row alone has. The excess is what is beyond the same with held-out rows.",
  },
  {
    name: "Groups",
    text: "The same shares for rows that are rare: outliers, rows with a rare category, the smallest categories of each column. Only groups of five training rows and more are named.",
  },
  {
    name: "Outliers met",
    text: "People who stand alone among the real rows, and whether a synthetic row stands within half, or a tenth, of their distance to the next real row; the control asks the same of held-out people who stand alone as much.",
  },
  {
    name: "Membership inference",
    text: "Guessing from the synthetic table whether a row was among the training rows.",
    source: { name: "van Breugel et al. 2023", url: "https://arxiv.org/abs/2302.12580" },
  },
  {
    name: "Recognised at 1 % false alarms",
    text: "Share of the training rows that an attacker names as members who wrongly names 1 % of the others (true positives at a fixed false positive rate). A few people who are surely recognised hide in an AUC of 0.5.",
    source: { name: "Carlini et al. 2022", url: "https://doi.org/10.1109/SP46214.2022.9833649" },
  },
  {
    name: "Singling out, linkability, inference",
    text: "The three risks that anonymous data must withstand by the opinion of the EU's Article 29 Working Party, measured as attack against control and baseline.",
    source: { name: "Giomi et al. 2023", url: "https://doi.org/10.56553/popets-2023-0055" },
  },
  {
    name: "Attack, control, baseline, risk",
    text: "An attack’s rate on training rows; on held-out rows; of blind guesses. Risk: (attack − control) / (1 − control), what the attack gains of what it could gain beyond the control. For membership it is twice the AUC less 1.",
    source: { name: "Giomi et al. 2023", url: "https://doi.org/10.56553/popets-2023-0055" },
  },
  {
    name: "Quasi-identifiers, class",
    text: "Columns that an outsider may know of a person, such as age, sex and place; a class is all rows with the same values of them.",
    source: { name: "Wikipedia", url: "https://en.wikipedia.org/wiki/Quasi-identifier" },
  },
  {
    name: "k-anonymity",
    text: "Rows of the released table’s smallest class. 1 means that some row is alone with its quasi-identifiers, which for synthetic rows is no breach by itself.",
    source: { name: "Sweeney 2002", url: "https://doi.org/10.1142/S0218488502001648" },
  },
  {
    name: "k-map",
    text: "The fewest real rows, training and held-out, that share the class of a released row.",
    source: { name: "El Emam and Dankar 2008", url: "https://doi.org/10.1197/jamia.M2716" },
  },
  {
    name: "l-diversity",
    text: "Different values of a secret column in the class that has fewest. 1 means that whoever is in that class has this value.",
    source: { name: "Machanavajjhala et al. 2007", url: "https://doi.org/10.1145/1217299.1217302" },
  },
  {
    name: "Unique in both (replicated uniques)",
    text: "Training rows that are alone with their quasi-identifiers and whose class exactly one released row has.",
    source: { name: "Raab, Nowok and Dibben 2024", url: "https://arxiv.org/abs/2406.16826" },
  },
  {
    name: "Attribution (CAP)",
    text: "Correct attribution probability: how often the released rows of a person’s class give the right value of a secret column.",
    source: { name: "Taub et al. 2018", url: "https://doi.org/10.1007/978-3-319-99771-1_9" },
  },
];
