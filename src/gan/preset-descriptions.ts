import type { PresetName } from "./presets.js";

/** What a preset is, for people who choose one. */
export interface PresetDescription {
  /** One line: what trains against what. */
  readonly title: string;
  /** When to take it, in plain words. */
  readonly goodFor: string;
  readonly sources: readonly PresetSource[];
}

/** A paper that a preset follows. */
export interface PresetSource {
  readonly authors: string;
  readonly year: number;
  /** arXiv's number of it. */
  readonly arxiv: string;
}

/** The preset where none is given. */
export const DEFAULT_PRESET = "balanced" satisfies PresetName;

/** Every preset in a few words, the default first, then as they were published. */
export const PRESET_DESCRIPTIONS: Readonly<Record<PresetName, PresetDescription>> = {
  balanced: {
    title: "any-subset conditional GAN: learns every column from any others, then few-round sampling against a critic",
    goodFor: "real work: nearest to the table, any condition, missing cells filled in; knows when to stop",
    sources: [source("Hoogeboom et al.", 2022, "2110.02037"), source("Xiao et al.", 2022, "2112.07804")],
  },
  vanilla: {
    title: "the first GAN: two plain networks, minimax loss",
    goodFor: "seeing how training fails: it loses modes and stalls where the critic is sure",
    sources: [source("Goodfellow et al.", 2014, "1406.2661")],
  },
  conditional: {
    title: "conditional GAN: both players are told the columns that say most of the others, projection critic",
    goodFor: "a fixed set of columns that rows are asked for by, where one network pass a row must do",
    sources: [source("Mirza and Osindero", 2014, "1411.1784"), source("Miyato and Koyama", 2018, "1802.05637")],
  },
  dcgan: {
    title: "convolutional GAN: a row is laid out as a small image, associated columns side by side",
    goodFor: "comparing with table-GAN and CTAB-GAN, which do the same",
    sources: [source("Radford et al.", 2015, "1511.06434"), source("Park et al.", 2018, "1806.03384")],
  },
  wgan: {
    title: "Wasserstein GAN with clipped weights",
    goodFor: "a critic that never saturates, at the price of a weak one",
    sources: [source("Arjovsky et al.", 2017, "1701.07875")],
  },
  "wgan-gp": {
    title: "Wasserstein GAN with a gradient penalty",
    goodFor: "the steadiest of the unconditional classics; five critic steps make it slow",
    sources: [source("Gulrajani et al.", 2017, "1704.00028")],
  },
  progressive: {
    title: "progressive training: coarse bins of numbers first, finer ones faded in with the layers that draw them",
    goodFor: "tables of many numbers, where a plain GAN cannot find 64 bins at once",
    sources: [source("Karras et al.", 2017, "1710.10196")],
  },
  stylegan: {
    title: "style-based generator: a mapping network modulates every layer, noise in each, styles mixed",
    goodFor: "`synth sample --truncation`: fewer outliers for less diversity",
    sources: [source("Karras et al.", 2018, "1812.04948")],
  },
  ctgan: {
    title: "CTGAN: mode-specific normalization, one known column at random, rows judged ten at a time",
    goodFor: "comparing with published figures of CTGAN",
    sources: [source("Xu et al.", 2019, "1907.00503"), source("Lin et al.", 2017, "1712.04086")],
  },
  moments: {
    title: "CTGAN's networks that also match every pair of columns, with an average of the generator",
    goodFor: "the best of those that draw a row in one pass: large tables in little time",
    sources: [source("Xu et al.", 2019, "1907.00503"), source("Li et al.", 2015, "1502.02761")],
  },
};

function source(authors: string, year: number, arxiv: string): PresetSource {
  return { authors, year, arxiv };
}
