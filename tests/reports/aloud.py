"""A paper as a listener hears it: a cell after its headings, a figure as its words."""

from collections.abc import Iterator

from tests.reports.structure import Node, Structure

CELLS = ("TR", "TH", "TD")


def aloud(structure: Structure) -> list[str]:
    """Return what is said, one line for each paragraph, heading, figure and row."""
    return [line for line in _lines(structure) if line]


def _lines(structure: Structure) -> Iterator[str]:
    nodes = structure.nodes
    at = 1
    while at < len(nodes):
        below = at + 1
        while below < len(nodes) and nodes[below].depth > nodes[at].depth:
            below += 1
        if nodes[at].tag == "Table":
            yield from _table([node for node in nodes[at + 1 : below] if node.tag in CELLS])
        else:
            yield nodes[at].heard
        at = below


def _table(nodes: list[Node]) -> Iterator[str]:
    rows: list[list[Node]] = []
    for node in nodes:
        if node.tag == "TR":
            rows.append([])
        else:
            rows[-1].append(node)
    heads: list[str] = []
    over, left = "", 0  # a heading that stands for rows to come, and how many
    for row in rows:
        said = [cell.heard for cell in row]
        if all(cell.scope == "Column" for cell in row):
            heads = said
            continue
        if left:
            said, left = [over, *said], left - 1
        elif row[0].rows > 1:
            over, left = said[0], row[0].rows - 1
        named = zip(heads or [""] * len(said), said, strict=True)
        yield ". ".join(f"{head}: {cell}" if head else cell for head, cell in named if cell)
