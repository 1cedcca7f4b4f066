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
    "A row has no neighbourhood of its own. Columns are laid out by association, which table-GAN and CTAB-GAN do not do; it made no difference (below).",
  ],
  wgan: [
    "The critic estimates the Wasserstein distance; its weights are clipped to keep it Lipschitz.",
    "Its loss says how far training is. Clipping leaves it a weak critic, and five of its steps are paid for each of the generator's.",
  ],
  "wgan-gp": [
    "The same with a penalty on the norm of the critic's gradient instead of clipping.",
    "The penalty's gradient is written in closed form; five critic steps a generator step make it the dearest of the plain networks.",
  ],
  progressive: [
    "Images grow from 4 x 4 pixels to full size, new layers fading in.",
    "A number's resolution grows from coarse quantile bins to fine ones, each level halving the bins of the one before.",
  ],
  stylegan: [
    "A mapping network turns noise into styles that modulate every layer; noise in each layer; styles mixed.",
    "The styles give `synth sample --truncation` its dial. What puts it ahead of the other classics is what stands beside them (non-saturating loss with R1, two rates, an average of the weights): a plain network with the same came as far (below).",
  ],
  ctgan: [
    "The first GAN made for tables: mode-specific normalization, one known column at random by log frequency, ten rows judged at once.",
    "Its authors train it for 300 epochs, 19,500 steps on adult; here it has the common budget, a thirtieth of that, and looks at no validation rows.",
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

/** What was tried in the course of this, with what was measured, and stays out or stays for another reason. */
export const LEFT_OUT = [
  "Columns laid out by association (`dcgan`): .200 of shape and pair error on 2,000 rows of adult, .201 with the pixels at random. It stays as the layout that costs nothing; convolutions make nothing of it.",
  "Growing (`progressive`): the same networks trained at full resolution from the start had .137 and .142 on 10,000 rows of adult (two seeds), grown .153 and .149. What it has over the plain networks, these have without growing.",
  "Style modulation (`stylegan`): no better than a plain network with the same objective (.154 against .157 of shape and pair error on 10,000 rows of adult, .196 against .182 with another seed). It stays for truncation.",
  "Adaptive instance normalization instead of demodulated weights: .171 against .154. Nine tenths of the rows with mixed styles instead of half: worse than none mixed (.154 against .142).",
  "Packs judged for collapse: rows that are merely bad look alike too; coverage and entropy tell it (docs/training.md).",
  "Width 512, one fixed order of columns, a critic on exact samples: tried with the default preset, no gain.",
  "Not built, so not judged: unrolled GAN, VEEGAN, ALI, least-squares and hinge losses, spectral normalization.",
];
