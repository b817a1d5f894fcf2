/**
 * n8n's guidelines for texts in the editor, for the parts that its linter does not see because code puts them together.
 * docs/verification.md leads here.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';

import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import { MotiveApi } from '../../credentials/MotiveApi.credentials.ts';
import { MotiveOAuth2Api } from '../../credentials/MotiveOAuth2Api.credentials.ts';
import { MotiveWebhookApi } from '../../credentials/MotiveWebhookApi.credentials.ts';
import { Motive } from '../../nodes/Motive/Motive.node.ts';
import { MotivePollingTrigger } from '../../nodes/Motive/MotivePollingTrigger.node.ts';
import { MotiveTrigger } from '../../nodes/Motive/MotiveTrigger.node.ts';
import { choiceIn } from '../../nodes/Motive/parameters/choices.ts';

const node = new Motive().description;
const triggers = [new MotiveTrigger(), new MotivePollingTrigger()].map(
	({ description }) => description,
);

type Entry = INodeProperties | INodePropertyCollection | INodePropertyOptions;

const isProperty = (entry: Entry): entry is INodeProperties => 'type' in entry;
const isChoice = (entry: Entry): entry is INodePropertyOptions => 'value' in entry;

/** A property and everything in it: the fields of collections and the choices of lists. */
function withInner(entry: Entry): Entry[] {
	const inner: Entry[] =
		'options' in entry ? (entry.options ?? []) : 'values' in entry ? entry.values : [];
	return [entry, ...inner.flatMap(withInner)];
}

const all = [
	...node.properties,
	...triggers.flatMap((trigger) => trigger.properties),
	...new MotiveApi().properties,
	...new MotiveOAuth2Api().properties,
	...new MotiveWebhookApi().properties,
].flatMap(withInner);
const properties = all.filter(isProperty);
const choices = all.filter(isChoice);
const titleOf = (entry: Entry) => (isChoice(entry) ? entry.name : entry.displayName);

const OPERATIONS = node.properties.filter(({ name }) => name === 'operation');
const operations = OPERATIONS.flatMap(({ displayOptions, options = [] }) => {
	const [resource] = displayOptions?.show?.['resource'] ?? [];
	return options
		.filter(isChoice)
		.map((option) => ({ resource: typeof resource === 'string' ? resource : '', ...option }));
});

/** Words that are lower case in titles. */
const SMALL = /^(a|an|and|as|at|by|for|from|in|is|of|on|or|per|the|to|with)$/;

describe('Every title', () => {
	const titles = [...properties.filter(({ type }) => type !== 'notice'), ...choices].map(titleOf);
	it.each([...new Set(titles)])('“%s” is in title case', (title) => {
		const words = title
			.split(' ')
			.slice(1)
			.filter((word) => !SMALL.test(word));
		expect([title, ...words].filter((word) => !/^\(?[A-Z0-9]/.test(word))).toEqual([]);
	});
});

describe('Every description', () => {
	const texts = all
		.flatMap((entry) => [
			'description' in entry ? entry.description : undefined,
			'hint' in entry ? entry.hint : undefined,
		])
		.filter((text) => text !== undefined);
	it.each([...new Set(texts)])('“%s” is a sentence', (text) => {
		expect(text).toMatch(/^[A-Z]/);
		const sentences = text.split(/[.?!] (?=[A-Z“])/);
		expect(text.endsWith('.')).toBe(sentences.length > 1);
	});

	it.each([...new Set(texts)])('“%s” is free of jargon', (text) => {
		expect(text).not.toMatch(/\b(binary|boolean|endpoint|payload|presigned|poll|regex|string)\b/i);
	});

	it.each(
		properties
			.filter(({ type }) => type === 'boolean')
			.map(({ displayName, description }) => [displayName, description]),
	)('of the switch %s begins with Whether', (_, description) => {
		expect(description).toMatch(/^Whether /);
	});
});

describe('Every list', () => {
	/** Durations are in the order of their length. */
	const lists = properties.filter(({ name, options }) => options && name !== 'duration');
	it.each(lists.map((list) => [list.name, list]))(
		'%s is in alphabetical order',
		(_, { options = [] }) => {
			const names = options.map(titleOf);
			expect(names).toEqual([...names].sort((one, other) => one.localeCompare(other)));
		},
	);
});

it.each(
	properties.filter(({ options }) => options?.every(isChoice)).map((list) => [list.name, list]),
)(
	'Every choice of %s is taken by its value and by what the editor shows',
	(_, { options = [] }) => {
		const offered = options
			.filter(isChoice)
			.map(({ name, value }) => ({ name, value: String(value) }));
		for (const { name, value } of offered)
			expect([choiceIn(value, offered), choiceIn(name, offered)]).toEqual([value, value]);
	},
);

it.each(
	properties.flatMap(({ name, placeholder }) =>
		placeholder === undefined ? [] : [[name, placeholder]],
	),
)('The placeholder of %s, “%s”, gives an example or says what to do', (_, placeholder) => {
	expect(placeholder).toMatch(/^(e\.g\. |Add |Select )/);
});

describe('Every operation', () => {
	it.each(operations.map((operation) => [operation.action ?? '', operation]))(
		'“%s” is named as a user would say it',
		(action, operation) => {
			expect(action).toMatch(/^[A-Z][a-z]+ [a-z ]+$/);
			expect(action).not.toMatch(/ (a|an|the) /);
			const resource =
				node.properties.find(({ name }) => name === 'resource')?.options?.filter(isChoice) ?? [];
			const title = resource.find(({ value }) => value === operation.resource)?.name ?? '?';
			expect(operation.name).not.toContain(title);
			expect(title).not.toMatch(/s$/);
		},
	);

	it.each(operations.map(({ resource, value }) => [resource, String(value)]))(
		'%s: %s shows its output before the first run',
		(resource, operation) => {
			const file = path.resolve(
				import.meta.dirname,
				`../../nodes/Motive/__schema__/v1.0.0/${resource}/${operation}.json`,
			);
			expect(existsSync(file)).toBe(true);
		},
	);

	it('that lists records has Return All, and a Limit of 50', () => {
		const shownFor = (name: string) => node.properties.filter((field) => field.name === name);
		const lists = operations.filter(({ value }) => value === 'getAll');
		expect(lists.map(({ name }) => name)).toEqual(lists.map(() => 'Get Many'));
		expect(shownFor('returnAll')).toHaveLength(lists.length);
		expect(shownFor('limit').map((field) => field.default)).toEqual(lists.map(() => 50));
	});
});

it('Records are picked from a list unless the user wants it otherwise', () => {
	const pickers = properties.filter(({ type }) => type === 'resourceLocator');
	expect(pickers.length).toBeGreaterThan(0);
	for (const { default: value, modes = [] } of pickers) {
		expect(value).toEqual({ mode: 'list', value: '' });
		expect(modes[0]).toMatchObject({ name: 'list', typeOptions: { searchable: true } });
	}
});

it('The choices that decide what is shown take no expressions', () => {
	const deciding = [node, ...triggers]
		.flatMap(({ properties: all }) => all)
		.filter(({ name }) => ['resource', 'operation', 'registration'].includes(name));
	expect(deciding.filter(({ noDataExpression }) => noDataExpression !== true)).toEqual([]);
});
