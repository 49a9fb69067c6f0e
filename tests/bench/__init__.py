"""Benchmarks: budgets of the product as ratios against a floor measured in the same run."""
