"""The parts of Benchmarks/run: one module for each group of figures."""
