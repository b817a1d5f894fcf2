import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import { Motive } from '../../../nodes/Motive/Motive.node.ts';
import { nameInLabel, pickerLabel } from '../../../nodes/Motive/motive/pickerLabel.ts';
import { positionName } from '../../../nodes/Motive/motive/positionName.ts';

describe('positionName', () => {
	const { properties } = new Motive().description;
	const fields = properties.filter(({ name }) => ['positions', 'cameraPositions'].includes(name));
	const optionsOf = ({ options = [] }: INodeProperties) => options as INodePropertyOptions[];
	const positions = fields.flatMap(optionsOf).filter(({ value }) => value !== 'all');

	it.each(positions.map(({ value, name }) => [String(value), name]))(
		'of %s is what the editor calls it',
		(value, name) => {
			expect(positionName(value)).toBe(name);
		},
	);

	it('of a position that nobody has heard of can be read', () => {
		expect(positionName('roof_top')).toBe('Roof Top');
	});
});

describe('A label of the pickers', () => {
	it('has what people call it first, and leaves out what is not known', () => {
		expect(pickerLabel('T-118', ['2021 Kenworth T680', '', '1XKYD49X0JJ040021'])).toBe(
			'T-118 · 2021 Kenworth T680 · 1XKYD49X0JJ040021',
		);
	});

	it.each([
		['T-118', ['2021 Kenworth T680']],
		['Yard/Mule #3', []],
	])('leads back to the name %s', (name, details) => {
		expect(nameInLabel(pickerLabel(name, details))).toBe(name);
	});
});
