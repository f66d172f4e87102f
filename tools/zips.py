"""Write zips that depend on nothing but what is in them."""

from collections.abc import Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


def pack(zipped: Path, contents: Mapping[str, Path | str]) -> Path:
    """Write files, or texts, into a zip under their names there; the same contents make the same bytes.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as place:
    ...     ZipFile(pack(Path(place, "a.zip"), {"a/b.txt": "hello"})).read("a/b.txt")
    b'hello'
    """
    zipped.parent.mkdir(parents=True, exist_ok=True)
    with ZipFile(zipped, "w") as archive:
        for name, content in sorted(contents.items()):
            entry = ZipInfo(name)  # of the year 1980, whenever it is made
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 3  # so that the rights below are heeded: Unix
            entry.external_attr = 0o644 << 16
            text = content.encode() if isinstance(content, str) else content.read_bytes()
            archive.writestr(entry, text, compresslevel=9)
    return zipped


def files_in(folder: Path, under: str) -> dict[str, Path]:
    """Return the files of a folder, by their names in a zip whose one folder is `under`."""
    return {
        f"{under}/{file.relative_to(folder).as_posix()}": file for file in folder.rglob("*") if file.is_file()
    }
