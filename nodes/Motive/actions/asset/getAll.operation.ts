import { ASSETS } from '../../motive/lists';
import { filterField, statusFilter } from '../../parameters/filterFields';
import { byWords } from '../../parameters/filters';
import { listOperation } from '../../runs/list';
import { readText } from '../../parameters/readers';
import { simplifyAsset } from './output';

/**
 * Lists assets.
 *
 * @see https://developer.gomotive.com/reference/list-all-the-company-assets
 */
export const getManyAssets = listOperation({
	description: 'List the assets of the fleet',
	list: ASSETS,
	filters: [
		statusFilter('assets', 'status'),
		filterField(
			{
				displayName: 'Type',
				name: 'type',
				type: 'string',
				default: '',
				placeholder: 'e.g. low_boy',
				description: 'Only assets of this type, in the word that Motive uses',
			},
			(value, field) => byWords([readText(value, field)], undefined, (asset) => asset['type']),
		),
	],
	simplify: simplifyAsset,
});
