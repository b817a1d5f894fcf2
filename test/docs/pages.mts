/** The pages of the documentation, parsed. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { lexer, walkTokens, type Token } from 'marked';

export const repository = path.resolve(import.meta.dirname, '../..');

/** A page of Markdown. */
export interface Page {
	/** Path from the root of the repository. */
	file: string;
	text: string;
	/** Every token, nested ones included. */
	tokens: Token[];
}

/** Reads a page. */
export function readPage(file: string): Page {
	const text = readFileSync(path.join(repository, file), 'utf8');
	const tokens: Token[] = [];
	const collect = (token: Token): void => {
		tokens.push(token);
	};
	void walkTokens(lexer(text), collect);
	return { file, text, tokens };
}

/** Every page that belongs to the project. */
export const pages: Page[] = ['.', 'docs', 'examples', '.github']
	.flatMap((folder) =>
		readdirSync(path.join(repository, folder)).map((name) => path.join(folder, name)),
	)
	.filter((file) => file.endsWith('.md'))
	.map(readPage);

/** All code on a page, inline and in blocks. */
export function codeIn({ tokens }: Page): string[] {
	return tokens.flatMap((token) =>
		token.type === 'codespan' || token.type === 'code' ? [String(token['text'])] : [],
	);
}

/** The anchors that GitHub gives the headings of a page. */
export function anchorsOf(page: Page): string[] {
	return page.tokens
		.filter((token) => token.type === 'heading')
		.map((token) => ('text' in token ? String(token.text) : ''))
		.map((title) =>
			title
				.toLowerCase()
				.replaceAll(/[^\p{L}\p{N} _-]/gu, '')
				.replaceAll(' ', '-'),
		);
}
