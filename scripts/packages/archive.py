"""The archive of a frozen program that one user installs without being root."""

from __future__ import annotations

import platform
import shutil
import subprocess
from pathlib import Path

from core import VERSION
from scripts.packages.licences import copyright_text
from scripts.packages.release import ROOT, source_date
from scripts.packages.staging import settle, stage

COMPRESSION = ("zstd", "-19", "--long=27", "-T2", "--quiet", "--force")
"""A window of 128 MiB is the largest that zstd unpacks unasked; two threads or more give the same
file, one alone another."""

SCRIPTS = ("install.sh", "uninstall.sh", "README.txt")


def build_archive(folder: Path, package: str, workplace: Path, target: Path) -> Path:
    """Makes the archive; the same file from the same program.

    Args:
        folder: The frozen program.
        package: Its name as a package.
        workplace: An empty folder, for what goes into the archive.
        target: The folder that it is put into.
    """
    name = f"{package}-{VERSION}-linux-{platform.machine()}"
    workplace = workplace.resolve()
    tree = workplace / name
    stage(folder, tree / "usr")
    (tree / "copyright").write_text(copyright_text(tree), encoding="utf-8")
    for part in tuple((tree / "usr").iterdir()):
        part.rename(tree / part.name)
    (tree / "usr").rmdir()
    for script in SCRIPTS:
        shutil.copy(ROOT / "packaging/linux" / script, tree)
    settle(workplace)
    file = target.resolve() / f"{name}.tar.zst"
    plain = workplace / "plain.tar"
    subprocess.run(
        ["tar", "--sort=name", "--owner=0", "--group=0", "--numeric-owner", "--format=gnu",
         f"--mtime=@{int(source_date().timestamp())}", "-cf", plain, name],
        cwd=workplace,
        check=True,
    )  # fmt: skip
    subprocess.run([*COMPRESSION, plain, "-o", file], check=True)
    return file
