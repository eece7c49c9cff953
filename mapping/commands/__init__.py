"""The commands of `yusuan`, one module each, loaded when they are called (`mapping.cli` lists them).

Exit codes: 0 done, 1 failed or something does not hold, 2 the command was called wrongly (what it was given is not what
it takes) or its answer could not be written, 3 done, but documents were left out, 130 interrupted.
"""
