import type { RandomStream } from "../../core/random.js";
import { convolveTransposed, type Taps } from "../../runtime/convolution.js";
import { halvingTaps } from "../../runtime/halving-taps.js";
import type { TensorMap, TensorSpecs } from "../../runtime/program.js";
import { tf } from "../../runtime/tf.js";
import type { GanShape, GeneratorInput, GeneratorNetwork, GeneratorPass, Pass } from "../architectures/architecture.js";
import type { ImageLayout } from "../techniques/image-layout.js";
import { type ChannelStatistics, normalizeChannels } from "./channel-norm.js";
import { columns, productOfParts } from "./parts.js";

/**
 * z and the condition -> a small image of many channels, then transposed convolutions that double its side and thin its
 * channels out, with batch normalization and ReLU after all but the last (Radford et al. 2016, arXiv:1511.06434). The last
 * one ends at the columns that stand on the image, each with a bias of its own: columns mean different things, pixels of
 * photographs do not.
 */
export function makeConvGenerator(shape: GanShape, layout: ImageLayout): GeneratorNetwork {
  const { latent, generatorWidths: widths } = shape.config;
  const stages = doublingStages(layout, widths.length); // the coarsest first
  const start = stages[0]!.positions;
  const specs = generatorSpecs(shape, stages, latent + shape.condition);
  const layers = widths.map((_, layer) => layer);
  return {
    specs,
    statistics: Object.fromEntries(
      layers.flatMap((layer) => [
        [`statistics.mean${layer}`, { shape: [widths[layer]!] }],
        [`statistics.variance${layer}`, { shape: [widths[layer]!] }],
      ]),
    ),
    initialize: (views, random) => initializeNormal(views, specs, random),
    noise: () => ({}),
    controls: {},
    run: (parameters, { z, condition }: GeneratorInput, _inputs, pass) => {
      const dense = parameters["generator.weight0"] as tf.Tensor2D;
      const flat = productOfParts([columns(z), ...condition], dense, parameters["generator.bias0"]!); // [B, P x C]
      const statistics: Record<string, tf.Tensor> = {};
      let image = tf.reshape(tf.transpose(flat), [start, widths[0]!, z.shape[0]]) as tf.Tensor3D; // [P, C, B]
      for (const layer of layers) {
        const normalized = normalizeLayer(parameters, image, layer, pass);
        statistics[`statistics.mean${layer}`] = normalized.statistics.mean;
        statistics[`statistics.variance${layer}`] = normalized.statistics.variance;
        const weight = parameters[`generator.weight${layer + 1}`] as tf.Tensor2D;
        image = convolveTransposed(normalized.value, weight, stages[layer]!);
      }
      const rows = tf.transpose(tf.reshape(image, [shape.width, z.shape[0]])); // [B, W]
      const raw = tf.add(rows, parameters[`generator.bias${widths.length}`]!) as tf.Tensor2D;
      return { raw, statistics: pass === "training" ? statistics : {} } satisfies GeneratorPass;
    },
  };
}

/** Weights from N(0, .02), gains from N(1, .02), biases and shifts 0 (Radford et al. 2016, section 4). */
export function initializeNormal(
  views: Readonly<Record<string, Float32Array>>,
  specs: TensorSpecs,
  random: RandomStream,
): void {
  for (const [name, { shape }] of Object.entries(specs)) {
    const values = views[name]!;
    const isGain = name.includes(".gain");
    if (shape.length === 1 && !isGain) continue;
    random.fork(name).fillNormal(values);
    for (let i = 0; i < values.length; i++) values[i] = (isGain ? 1 : 0) + 0.02 * values[i]!;
  }
}

/** The taps of each transposed convolution, the coarsest first; the last one's sources are the columns. */
function doublingStages(layout: ImageLayout, count: number): Taps[] {
  return Array.from({ length: count }, (_, stage) => {
    const side = layout.side / 2 ** (count - 1 - stage);
    const isLast = stage === count - 1;
    const width = layout.pixels.length;
    if (isLast) return halvingTaps([columnsOfPixels(layout)], side, width);
    return halvingTaps([Array.from({ length: side ** 2 }, (_, pixel) => pixel)], side, side ** 2);
  });
}

/** The column that stands on each pixel; W where none does. */
export function columnsOfPixels({ side, pixels }: ImageLayout): number[] {
  const columnsAt = new Array<number>(side ** 2).fill(pixels.length);
  pixels.forEach((pixel, column) => {
    columnsAt[pixel] = column;
  });
  return columnsAt;
}

function generatorSpecs({ config, width }: GanShape, stages: readonly Taps[], inputs: number): TensorSpecs {
  const widths = config.generatorWidths;
  const start = stages[0]!.positions * widths[0]!;
  const specs: Record<string, { shape: number[] }> = {
    "generator.weight0": { shape: [inputs, start] },
    "generator.bias0": { shape: [start] },
  };
  widths.forEach((channels, layer) => {
    specs[`generator.gain${layer}`] = { shape: [channels] };
    specs[`generator.shift${layer}`] = { shape: [channels] };
    const outputs = widths[layer + 1] ?? 1;
    specs[`generator.weight${layer + 1}`] = { shape: [channels, stages[layer]!.size * outputs] };
  });
  specs[`generator.bias${widths.length}`] = { shape: [width] };
  return specs;
}

function normalizeLayer(parameters: TensorMap, image: tf.Tensor3D, layer: number, pass: Pass) {
  const population: ChannelStatistics = {
    mean: parameters[`statistics.mean${layer}`]!,
    variance: parameters[`statistics.variance${layer}`]!,
  };
  const [gain, shift] = [parameters[`generator.gain${layer}`]!, parameters[`generator.shift${layer}`]!];
  return normalizeChannels(image, gain, shift, 0, pass === "sampling" ? population : undefined);
}
