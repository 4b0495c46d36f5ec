"""XML as a tree of plain nodes that know the line of their start tag."""

import xml.parsers.expat
from dataclasses import dataclass, field

_IGNORED = ("http://www.w3.org/XML/1998/namespace ", "http://www.w3.org/2001/XMLSchema-instance ")
_WHITE = " \t\r\n"


class Refused(Exception):
    """The document cannot be read at all."""


@dataclass
class Node:
    """One element: its local name, attributes, children and own text."""

    tag: str
    attrs: dict
    line: int
    children: list = field(default_factory=list)
    pieces: list = field(default_factory=list)

    @property
    def text(self):
        """Text content, trimmed; blank counts as absent and is ''."""
        return "".join(self.pieces).strip(_WHITE)

    def get(self, name, default=None):
        return self.attrs.get(name, default)

    def words(self, name):
        """An attribute that is a list of words."""
        return self.attrs.get(name, "").split()

    def all(self, tag):
        return [child for child in self.children if child.tag == tag]

    def first(self, tag):
        return next((child for child in self.children if child.tag == tag), None)

    def inside(self, tag):
        """The children of the one child element `tag`, or none."""
        child = self.first(tag)
        return child.children if child else []

    def text_of(self, tag):
        child = self.first(tag)
        return child.text if child else ""

    def walk(self):
        yield self
        for child in self.children:
            yield from child.walk()


def parse(data, namespace):
    """The root node; Refused for ill-formed XML, a DOCTYPE or a foreign namespace."""
    parser = xml.parsers.expat.ParserCreate(namespace_separator=" ")
    parser.ordered_attributes = False
    stack, roots = [], []

    def local(name):
        space, _, tag = name.rpartition(" ")
        if space != namespace:
            raise Refused(f"element '{tag}' is not in namespace {namespace}")
        return tag

    def start(name, attrs):
        kept = {key: value for key, value in attrs.items() if not key.startswith(_IGNORED)}
        node = Node(local(name), kept, parser.CurrentLineNumber)
        (stack[-1].children if stack else roots).append(node)
        stack.append(node)

    def doctype(*_):
        raise Refused("a document type declaration")

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: stack.pop()
    parser.CharacterDataHandler = lambda text: stack[-1].pieces.append(text)
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(data, True)
    except xml.parsers.expat.ExpatError as error:
        raise Refused(str(error)) from error
    return roots[0]
