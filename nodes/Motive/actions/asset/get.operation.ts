import { simplifyField } from '../../parameters/listFields';
import { assetPicker, integrationField, readPicked } from '../../parameters/pickers';
import { parametersOf, readBoolean, readText, type ReadParameter } from '../../parameters/readers';
import { assetsById, byId, lookUp, recordByExternalId, type Lookup } from '../../runs/lookUp';
import { readOperation } from '../../runs/read';
import { simplifyAsset } from './output';

/** An asset that is wanted. */
type WantedAsset = { id: number } | { lookup: Lookup };

const picker = assetPicker({
	description: 'The asset to fetch',
	modes: ['list', 'id', 'externalId'],
});
const integration = integrationField('assetId');

/**
 * Gets one asset.
 *
 * @see https://developer-docs.gomotive.com/reference/lookup-an-asset-using-an-external-id
 */
export const getAsset = readOperation({
	text: {
		name: 'Get',
		action: 'Get asset',
		description: 'Fetch an asset by its ID or external ID',
	},
	fields: [picker, integration, simplifyField],
	read(context, itemIndex) {
		const parameter = parametersOf(context, itemIndex);
		return { wanted: readWanted(parameter), simplify: parameter(simplifyField, readBoolean) };
	},
	subject: ({ wanted }) => `asset with ${'id' in wanted ? byId(wanted.id) : wanted.lookup.by}`,
	connect({ request, fleet }) {
		const assetById = assetsById(fleet);
		return async ({ wanted, simplify }) => {
			const asset =
				'id' in wanted ? await assetById(wanted.id) : await lookUp(request, wanted.lookup);
			return [simplify ? simplifyAsset(asset) : asset];
		};
	},
});

function readWanted(parameter: ReadParameter): WantedAsset {
	const picked = parameter(picker, readPicked);
	if ('id' in picked) return picked;
	return { lookup: recordByExternalId('asset', picked.text, parameter(integration, readText)) };
}
