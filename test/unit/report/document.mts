/** HTML as a browser understands it. */
import {
	defaultTreeAdapter as tree,
	ErrorCodes,
	parse,
	type DefaultTreeAdapterTypes,
} from 'parse5';

/** An element or a text, without its place in the source. */
export type Piece = string | { tag: string; attributes: Record<string, string>; children: Piece[] };

/** An element. */
export type Element = Exclude<Piece, string>;

/**
 * The tree of a document.
 *
 * @throws when a browser would have to guess what was meant
 */
export function readDocument(html: string): Element {
	const document = parse(html, {
		onParseError: ({ code, startLine, startCol }) => {
			// Not forbidden by HTML, only frowned upon.
			if (code === ErrorCodes.noncharacterInInputStream) return;
			throw new Error(`${code} at ${startLine}:${startCol}`);
		},
	});
	const root = document.childNodes.find((node) => tree.isElementNode(node));
	const others = document.childNodes.filter((node) => node !== root);
	if (!root || others.some((node) => !tree.isDocumentTypeNode(node)))
		throw new Error('There is something beside the document');
	return elementOf(root);
}

/** Every element of a tree with this tag. */
export function all(element: Element, tag: string): Element[] {
	const below = element.children.flatMap((child) =>
		typeof child === 'string' ? [] : all(child, tag),
	);
	return element.tag === tag ? [element, ...below] : below;
}

/** Every element of a tree. */
export function elements(element: Element): Element[] {
	const children = element.children.filter((child) => typeof child !== 'string');
	return [element, ...children.flatMap(elements)];
}

/** The text of an element as people see it, with single spaces. */
export function textOf(piece: Piece): string {
	const text = typeof piece === 'string' ? piece : piece.children.map(textOf).join(' ');
	return text.replaceAll(/\s+/g, ' ').trim();
}

/** The same tree with each text and the value of each attribute changed. */
export function withTexts(element: Element, change: (text: string) => string): Element {
	const { tag, attributes, children } = element;
	return {
		tag,
		attributes: Object.fromEntries(
			Object.entries(attributes).map(([name, value]) => [name, change(value)]),
		),
		children: children.map((child) =>
			typeof child === 'string' ? change(child) : withTexts(child, change),
		),
	};
}

function elementOf({ tagName, attrs, childNodes }: DefaultTreeAdapterTypes.Element): Element {
	return {
		tag: tagName,
		attributes: Object.fromEntries(attrs.map(({ name, value }) => [name, value])),
		children: childNodes.map(pieceOf),
	};
}

function pieceOf(node: DefaultTreeAdapterTypes.ChildNode): Piece {
	if (tree.isTextNode(node)) return node.value;
	if (tree.isElementNode(node)) return elementOf(node);
	throw new Error(`There is a ${node.nodeName} in the document`);
}
