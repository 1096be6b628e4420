import {
  createExternalRouteRef,
  createRouteRef,
} from '@backstage/frontend-plugin-api';

/** The home page itself. */
export const rootRouteRef = createRouteRef();

/** The catalog's list. */
export const catalogRouteRef = createExternalRouteRef({
  defaultTarget: 'catalog.catalogIndex',
});

/** The search page. */
export const searchRouteRef = createExternalRouteRef({
  defaultTarget: 'search.root',
});

/** The list of documentation. */
export const docsRouteRef = createExternalRouteRef({
  defaultTarget: 'techdocs.root',
});

/** The form of one golden path. */
export const createFromTemplateRouteRef = createExternalRouteRef({
  params: ['namespace', 'templateName'],
  defaultTarget: 'scaffolder.selectedTemplate',
});

/** The log of one creation. */
export const taskRouteRef = createExternalRouteRef({
  params: ['taskId'],
  defaultTarget: 'scaffolder.ongoingTask',
});
