import { ASSETS } from '../../transport/lists';
import { statusFilter } from '../../parameters/filterFields';
import { byWords } from '../../parameters/filters';
import { getMany } from '../../runs/list';
import { readText } from '../../parameters/readers';
import { simplifyAsset } from './simplifyAsset';

/**
 * Lists assets.
 *
 * @see https://developer.gomotive.com/reference/list-all-the-company-assets
 */
export const getAll = getMany({
	description: 'List the assets of the fleet',
	list: ASSETS,
	things: 'assets',
	filters: [
		statusFilter('assets', 'status'),
		{
			field: {
				displayName: 'Type',
				name: 'type',
				type: 'string',
				default: '',
				placeholder: 'e.g. low_boy',
				description: 'Only assets of this type, in the word that Motive uses',
			},
			read: (value) => byWords([readText(value, 'Type')], undefined, (asset) => asset['type']),
		},
	],
	simplify: simplifyAsset,
});
