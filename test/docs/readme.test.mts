/** What the README, and the pages that it leads to, say of the node is what the node is. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import type { Token, Tokens } from 'marked';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { Motive } from '../../nodes/Motive/Motive.node.ts';
import { MotiveOAuth2Api } from '../../credentials/MotiveOAuth2Api.credentials.ts';
import { parseEvent } from '../../nodes/Motive/motive/event.ts';
import { pages, readPage, repository, type Page } from './pages.mts';

const readme = readPage('README.md');
const operationsPage = readPage('docs/operations.md');
const oauth2Page = readPage('docs/oauth2.md');
const { properties } = new Motive().description;

type Entry = INodeProperties | INodePropertyCollection | INodePropertyOptions;
const isChoice = (entry: Entry): entry is INodePropertyOptions => 'value' in entry;
const isProperty = (entry: Entry): entry is INodeProperties => 'type' in entry;

const isTable = (token: Token): token is Tokens.Table => token.type === 'table';

/** The rows of the table of a page whose first heading is this, without marks for bold and code. */
function table({ file, tokens }: Page, heading: string): string[][] {
	const found = tokens.filter(isTable).find(({ header }) => header[0]?.text === heading);
	if (found === undefined) throw new Error(`${file} has no table that begins with ${heading}`);
	return found.rows.map((row) => row.map(({ text }) => text.replaceAll(/\*\*|`/g, '')));
}

/** The fields that an operation shows. */
function fieldsFor(resource: string, operation: string): INodeProperties[] {
	return properties.filter(({ displayOptions }) => {
		const { show } = displayOptions ?? {};
		return show?.['resource']?.includes(resource) && show['operation']?.includes(operation);
	});
}

const resources =
	properties.find(({ name }) => name === 'resource')?.options?.filter(isChoice) ?? [];

describe('The README', () => {
	it('is short enough to be read', () => {
		expect(readme.text.trimEnd().split('\n').length).toBeLessThanOrEqual(220);
	});

	it('begins with a picture of a picture, and goes on in the order of its reader', () => {
		const [picture] = readme.tokens.filter(({ type }) => type === 'image');
		expect(picture).toMatchObject({ href: 'docs/images/picture.png' });
		const chapters = readme.tokens.flatMap((token) =>
			token.type === 'heading' && token['depth'] === 2 ? [String(token['text'])] : [],
		);
		expect(chapters).toEqual([
			'What it does',
			'Installation',
			'Credential',
			'Your first picture in five steps',
			'Examples',
			'Operations',
			'Triggers',
			'When something goes wrong',
			'Costs and courtesy',
			'Try it without an account',
			'Links',
			'License',
		]);
	});

	it('leads to every page of docs', () => {
		const targets = readme.tokens.map((token) =>
			token.type === 'link' ? String(token['href']) : '',
		);
		for (const { file } of pages.filter((page) => page.file.startsWith('docs/')))
			expect(targets).toContain(file);
	});
});

it('It names every operation, and no other', () => {
	const operations = properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ displayOptions, options = [] }) => {
			const resource =
				resources.find(({ value }) => displayOptions?.show?.['resource']?.includes(value))?.name ??
				'';
			return options.filter(isChoice).map(({ name }) => `${resource}: ${name}`);
		});
	let resource = '';
	const named = table(readme, 'Resource').map(([first = '', operation = '']) => {
		resource = first || resource;
		return `${resource}: ${operation}`;
	});
	expect([...named].sort()).toEqual([...operations].sort());
});

describe('The options of Capture', () => {
	const rows = table(operationsPage, 'Option');
	const { options = [] } =
		fieldsFor('imageCapture', 'capture').find(({ name }) => name === 'options') ?? {};
	const fields = options.filter(isProperty);

	it('are all there', () => {
		expect(rows.map(([name]) => name).sort()).toEqual(
			fields.map(({ displayName }) => displayName).sort(),
		);
	});

	it.each(rows)('%s has the default %s', (name, shown) => {
		const field = fields.find(({ displayName }) => displayName === name);
		const value: unknown = field?.default;
		const choice = field?.options?.filter(isChoice).find((option) => option.value === value)?.name;
		const inWords = typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value);
		expect(shown).toBe(choice ?? inWords);
	});
});

describe('The fields of records', () => {
	const schemas = path.join(repository, 'nodes/Motive/__schema__/v1.0.0');
	const listed = resources.filter(({ value }) =>
		existsSync(path.join(schemas, String(value), 'getAll.json')),
	);
	const Schema = z.object({ properties: z.record(z.unknown()) });
	const rows = table(operationsPage, 'Record');

	it('are there for each resource that lists them', () => {
		expect(rows.map(([name]) => name).sort()).toEqual(listed.map(({ name }) => name).sort());
	});

	it.each(rows)(
		'%s are those of the output, and the filters those of the editor',
		(name = '', fields = '', filters = '') => {
			const resource = String(listed.find((each) => each.name === name)?.value);
			const schema = Schema.parse(
				JSON.parse(readFileSync(path.join(schemas, resource, 'getAll.json'), 'utf8')),
			);
			expect(fields.replaceAll(/ \(.*?\)/g, '').split(', ')).toEqual(
				Object.keys(schema.properties),
			);
			const { options = [] } =
				fieldsFor(resource, 'getAll').find((field) => field.name === 'filters') ?? {};
			expect(filters.split(', ')).toEqual(
				options.filter(isProperty).map(({ displayName }) => displayName),
			);
		},
	);
});

it.each(table(readme, 'Message'))(
	'“%s” in the table of what goes wrong is a message of the node',
	(message = '') => {
		// These tests hold the messages that users see to the letter.
		const shown = ['errorTexts', 'oauth2', 'trigger/registration', 'badInput', 'credentialTest']
			.map((file) => readFileSync(path.join(repository, `test/workflows/${file}.test.mts`), 'utf8'))
			.join('\n');
		for (const part of message.split('…')) expect(shown).toContain(part.trim());
	},
);

const sorted = (words: unknown) =>
	typeof words === 'string' ? words.split(' ').sort().join(' ') : '';

it('The scopes are those that a new credential asks for', () => {
	const scope = new MotiveOAuth2Api().properties.find(({ name }) => name === 'scope')?.default;
	const named = table(oauth2Page, 'Scope').flatMap(([scopes = '']) => scopes.split(', '));
	expect(named.sort().join(' ')).toBe(sorted(scope));
});

describe('The examples of JSON', () => {
	const examples = pages.flatMap(({ tokens }) =>
		tokens.flatMap((token) =>
			token.type === 'code' && token['lang'] === 'json' ? [String(token['text'])] : [],
		),
	);

	it.each(examples)('%s can be read', (text) => {
		expect(() => JSON.parse(text) as unknown).not.toThrow();
	});

	it('show the event of the trigger with its fields', () => {
		const shown = examples
			.map((text) => JSON.parse(text) as { event?: object })
			.find(({ event }) => event)?.event;
		expect(Object.keys(shown ?? {})).toEqual(Object.keys(parseEvent({})));
	});
});
