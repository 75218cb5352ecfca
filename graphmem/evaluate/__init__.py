"""Measures search: data sets, rival systems, metrics, runs that resume, reports.

Reading order: datasets, locomo; metrics, bootstrap; systems, baselines, hipporag2, linearrag,
memory_system; run; report, markdown, page.
"""
