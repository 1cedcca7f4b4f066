"""Rows of a model of kind gan: all fields in one pass of the generator. See docs/model-file.md."""
import numpy as np


def generate(model, network, rows, rng):
    """Codes by field, [rows] each, numbers in [-1, 1] for a scalar; no number is drawn yet."""
    fields, plan = model["generator"]["fields"], model["generator"]["state"]["conditions"]
    # `truncation` is neutral at 1; whatever else there is beside z and condition is noise, uniform in (0, 1).
    inputs = {i.name: rng.random([rows, *i.shape[1:]], dtype=np.float32) for i in network.get_inputs()}
    inputs["z"] = rng.standard_normal(inputs["z"].shape, dtype=np.float32)
    known = {}
    if "condition" in inputs:
        inputs["condition"], known = condition(plan, rows, rng)
    if "truncation" in inputs:
        inputs["truncation"][:] = 1
    raw, codes, at = network.run(["raw"], inputs)[0], [], 0
    for k, field in enumerate(fields):
        levels = field["levels"] - len(field.get("copies", [])) if field["kind"] == "discrete" else 1
        part = raw[:, at : (at := at + levels)]
        if k in known:
            codes.append(known[k])
        elif field["kind"] == "scalar":
            codes.append(np.tanh(part[:, 0]))
        else:  # one level a row, by softmax(part): the Gumbel-max trick
            codes.append((part + rng.gumbel(size=part.shape)).argmax(axis=1))
    return codes, [None] * len(fields)


def condition(plan, rows, rng):
    """What the generator is told, by the columns' shares: a 1 in each part, [rows, C]; and the levels known by it."""

    def draw(shares, count):
        return rng.choice(len(shares), count, p=np.array(shares) / sum(shares))

    if plan["kind"] == "one-at-random":
        places = [c["start"] + draw(c["shares"], 1)[0] for c in rng.choice(plan["columns"], rows)]
        return np.eye(plan["width"], dtype=np.float32)[places], {}
    levels = np.stack([draw(shares, rows) for shares in plan["shares"]], axis=1)  # rare combinations: column by column
    shares = [c["share"] for c in plan["combinations"]]
    chosen = draw([*shares, max(0, 1 - sum(shares))], rows)
    for i in np.flatnonzero(chosen < len(shares)):
        levels[i] = plan["combinations"][chosen[i]]["levels"]
    parts = [np.eye(len(shares), dtype=np.float32)[levels[:, i]] for i, shares in enumerate(plan["shares"])]
    return np.hstack(parts), dict(zip(plan["fields"], levels.T))
