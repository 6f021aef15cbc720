# SPDX-License-Identifier: GPL-3.0-or-later
"""The older services' message classes, compiled by protoc from the .proto files beside this one."""

import importlib
import pathlib
import subprocess
import sys
import tempfile

CONTRACTS = ("contract_a", "contract_b", "contract_d")


def message_class(name):
    """The class of a message of any contract; LookupError when no contract has it."""
    here = pathlib.Path(__file__).parent
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["protoc", f"--proto_path={here}", f"--python_out={folder}", *(f"{c}.proto" for c in CONTRACTS)],
            check=True,
        )
        sys.path.insert(0, folder)
        try:
            for contract in CONTRACTS:
                module = importlib.import_module(f"{contract}_pb2")
                if hasattr(module, name):
                    return getattr(module, name)
        finally:
            sys.path.remove(folder)
    raise LookupError(f"No contract has a message {name}.")
