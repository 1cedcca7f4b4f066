"""Takes libraries and headers out of a TensorFlow wheel: unpack-wheel.py WHEEL TARGET LIBRARIES HEADER_PREFIXES."""

import pathlib
import shutil
import sys
import zipfile

wheel, target, libraries, prefixes = sys.argv[1:5]
wanted = {f"tensorflow/{name}" for name in libraries.split(",")}
include = "tensorflow/include/"
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        header = name[len(include) :] if name.startswith(include) else ""
        if name in wanted:
            out = pathlib.Path(target, "lib", pathlib.PurePosixPath(name).name)
        elif header.startswith(tuple(prefixes.split(","))) and header.endswith(".h"):
            out = pathlib.Path(target, "include", header)
        else:
            continue
        out.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(name) as source, open(out, "wb") as sink:
            shutil.copyfileobj(source, sink)
