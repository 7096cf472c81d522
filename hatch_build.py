"""Build hook: the wheel carries the ontology and the body compiled from it."""

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileBody(BuildHookInterface):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":  # a checkout compiles its own body when it is first asked
            return
        sys.path.insert(0, str(Path(self.root) / "src"))
        os.environ["KINCHAIN_OVERLAYS"] = ""  # what the builder lays over his own body stays at home
        from kinchain import locate
        from kinchain.building import whole_model
        from kinchain.graph import compile as compiled
        from kinchain.sides.expand import expand

        ontology = Path(self.root) / "ontology"
        self._folder = tempfile.TemporaryDirectory()
        target = Path(self._folder.name) / locate.BODY_FILE
        compiled.write(expand(whole_model(ontology)), locate.ontology_hash(ontology), target)
        build_data["force_include"][os.fspath(target)] = f"kinchain/_data/{locate.BODY_FILE}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if version != "editable":
            self._folder.cleanup()
