import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { IconBundleBlueprint } from '@backstage/plugin-app-react';
import {
  RiAlarmWarningLine,
  RiApps2Line,
  RiBookOpenLine,
  RiBuilding2Line,
  RiChat3Line,
  RiCpuLine,
  RiDashboardLine,
  RiDatabase2Line,
  RiErrorWarningLine,
  RiExternalLinkLine,
  RiFileTextLine,
  RiGitRepositoryLine,
  RiGlobalLine,
  RiImageLine,
  RiLayoutGridLine,
  RiMailLine,
  RiMapPinLine,
  RiPlugLine,
  RiQuestionLine,
  RiRouteLine,
  RiSearchLine,
  RiStackLine,
  RiStarFill,
  RiStarLine,
  RiTeamLine,
  RiUserLine,
} from '@remixicon/react';

const icons = IconBundleBlueprint.make({
  name: 'waymark',
  params: {
    icons: {
      brokenImage: <RiImageLine />,
      catalog: <RiStackLine />,
      scaffolder: <RiRouteLine />,
      techdocs: <RiBookOpenLine />,
      search: <RiSearchLine />,
      chat: <RiChat3Line />,
      dashboard: <RiDashboardLine />,
      docs: <RiFileTextLine />,
      email: <RiMailLine />,
      github: <RiGitRepositoryLine />,
      group: <RiTeamLine />,
      help: <RiQuestionLine />,
      'kind:api': <RiPlugLine />,
      'kind:component': <RiCpuLine />,
      'kind:domain': <RiBuilding2Line />,
      'kind:group': <RiTeamLine />,
      'kind:location': <RiMapPinLine />,
      'kind:system': <RiApps2Line />,
      'kind:user': <RiUserLine />,
      'kind:resource': <RiDatabase2Line />,
      'kind:template': <RiLayoutGridLine />,
      user: <RiUserLine />,
      warning: <RiErrorWarningLine />,
      star: <RiStarFill />,
      unstarred: <RiStarLine />,
      externalLink: <RiExternalLinkLine />,
      // Named by links in catalog-info.yaml.
      alert: <RiAlarmWarningLine />,
      web: <RiGlobalLine />,
    },
  },
});

/** One set of icons for kinds, links and menus. */
export const iconsModule = createFrontendModule({
  pluginId: 'app',
  extensions: [icons],
});
