"""Chronicle: a static-site narrative and record archive generator.

Records (YAML) and photographs enter, a commemorative website leaves. The folders are the pipeline:
reading -> kinds -> archive -> photos, pages -> publish; `problems` and `values` serve all.
"""

__version__ = "0.1.0"
