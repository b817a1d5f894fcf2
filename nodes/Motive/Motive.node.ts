import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { allFields, resourceOptions, runOperation } from './actions/router';
import { authenticationField, credentials } from './transport/authentication';
import { testApiKey } from './transport/testApiKey';
import { searchAssets, searchDrivers, searchVehicles } from './methods/listSearch';
import { getDrivers, getVehicles } from './methods/loadOptions';

/** For what signs in to Motive: the report is made in n8n alone. */
const whereMotiveIsAsked = { hide: { resource: ['incidentReport'] } };

// Programmatic, because taking a picture is several dependent requests: start, ask until it is ready, download.
export class Motive implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Motive',
		name: 'motive',
		icon: { light: 'file:motive.svg', dark: 'file:motive.dark.svg' },
		group: ['input'],
		version: 1,
		// The values in words: "get many: vehicle", and not "getAll: vehicle".
		subtitle:
			'={{ ($parameter["operation"].replace("All", "Many") + ": " + $parameter["resource"]).replace(/[A-Z]/g, " $&").toLowerCase() }}',
		description:
			'Take pictures with the cameras of your fleet, and read its vehicles, drivers, assets and events',
		defaults: { name: 'Motive' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: credentials.map((credential) => ({
			...credential,
			displayOptions: { ...credential.displayOptions, ...whereMotiveIsAsked },
		})),
		properties: [
			{ ...authenticationField, displayOptions: whereMotiveIsAsked },
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: resourceOptions,
				default: 'imageCapture',
			},
			...allFields,
		],
	};

	methods = {
		credentialTest: { apiKey: testApiKey },
		listSearch: { searchAssets, searchDrivers, searchVehicles },
		loadOptions: { getDrivers, getVehicles },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await runOperation(this)];
	}
}
