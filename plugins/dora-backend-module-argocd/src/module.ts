import { sourcesModule } from '@waymark/backstage-plugin-dora-node';
import { argocd } from './source';

/** Takes notifications of Argo CD where `dora.sources.argocd` has tokens. */
export const doraModuleArgocd = sourcesModule('argocd', argocd);
