import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import { Motive } from '../../../nodes/Motive/Motive.node.ts';
import { positionName } from '../../../nodes/Motive/motive/positions.ts';

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
