/** What docs/gan-family.md says of each system: what it was, and what it does on a table here. Figures are in its tables. */
export const SYSTEM_WORDS = {
  vanilla: [
    "Two multilayer perceptrons and the minimax game, in which the generator is to lower log(1 - D).",
    "Rows are one-hot levels through a Gumbel-softmax. Once the critic is sure, that loss is flat: the generator stops where it stands.",
  ],
  conditional: [
    "The same with something known told to both players; the projection critic scores how row and condition fit.",
    "Known are the two columns that say most of the others (or any that are named), drawn as often as in training.",
  ],
  dcgan: [
    "Strided and transposed convolutions instead of dense layers, batch norm, no pooling.",
    "A row has no neighbourhood of its own: columns are laid out by association so that neighbours mean something, as table-GAN and CTAB-GAN do without.",
  ],
  wgan: [
    "The critic estimates the Wasserstein distance; its weights are clipped to keep it Lipschitz.",
    "Its loss says how far training is. Clipping leaves it a weak critic, and five of its steps are paid for each of the generator's.",
  ],
  "wgan-gp": [
    "The same with a penalty on the norm of the critic's gradient instead of clipping.",
    "A far better critic for the same number of steps; the penalty's second derivative makes a step dearer.",
  ],
  progressive: [
    "Images grow from 4 x 4 pixels to full size, new layers fading in.",
    "A number's resolution grows from coarse quantile bins to fine ones, each level halving the bins of the one before.",
  ],
  stylegan: [
    "A mapping network turns noise into styles that modulate every layer; noise in each layer; styles mixed.",
    "The styles give `synth sample --truncation` its dial; without an image's scales they bring little else.",
  ],
  ctgan: [
    "The first GAN made for tables: mode-specific normalization, one known column at random by log frequency, ten rows judged at once.",
    "As published, 300 epochs in its own budget; here it is cut to the common one.",
  ],
  moments: [
    "Generative moment matching gives the generator the data's moments as a loss of its own.",
    "CTGAN's networks with bins, true frequencies, no packing, an average of the generator, and second moments of the one-hot rows: every pair's contingency table.",
  ],
  balanced: [
    "One network learns every conditional p(column | any subset) by likelihood; a critic then teaches it to fill many columns in a pass.",
    "Shown without the second phase, drawn one column a round: the default of `synth sample`. The line *2 rounds* has both phases.",
  ],
};

/** What was tried in the course of this and stays out. */
export const LEFT_OUT = [
  "Unrolled GAN, VEEGAN, ALI: a second network or unrolled steps against lost modes. Packing, moments and a likelihood do more for less, and no table here loses a mode under them.",
  "Least-squares and hinge losses: between the objectives that are here in what they do; another name to choose from, nothing that one of these does not reach.",
  "Spectral normalization: with one-hot inputs and two hidden layers R1 and the gradient penalty bound the critic as well.",
  "Width 512, dropout in the generator, one fixed order of columns, a critic on exact samples: tried with the default preset, no gain.",
];
