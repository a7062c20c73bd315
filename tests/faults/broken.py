"""Runs a module with rules broken: `python -m tests.faults.broken sync_now_and_then,unlimited MODULE ARGUMENTS...`."""

import runpy
import sys

from tests.faults.breaks import BREAKS

if __name__ == "__main__":
    names, module = sys.argv[1:3]
    for name in filter(None, names.split(",")):
        BREAKS[name]()
    del sys.argv[:2]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
