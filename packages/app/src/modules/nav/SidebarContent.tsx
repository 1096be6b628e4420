import {
  Link,
  Sidebar,
  SidebarDivider,
  SidebarGroup,
  SidebarItem,
  SidebarScrollWrapper,
  SidebarSpace,
  useSidebarOpenState,
} from '@backstage/core-components';
import { NavContentBlueprint } from '@backstage/plugin-app-react';
import { NotificationsSidebarItem } from '@backstage/plugin-notifications';
import {
  RiMenuLine,
  RiNotification2Line,
  RiSearchLine,
  RiSettings3Line,
} from '@remixicon/react';
import { LogoIcon } from '@waymark/backstage-plugin-insights-react';
import { LogoFull } from './Logo';
import styles from './nav.module.css';

const SidebarLogo = () => {
  const { isOpen } = useSidebarOpenState();
  return (
    <Link
      to="/"
      underline="none"
      aria-label="Waymark, home"
      className={styles.logo}
    >
      {isOpen ? <LogoFull /> : <LogoIcon />}
    </Link>
  );
};

/** The pages people come for first, in this order; new plugins follow. */
const FIRST = [
  'page:home',
  'page:catalog',
  'page:api-docs',
  'page:techdocs',
  'page:scaffolder',
  'page:dora',
  'page:compliance',
  'page:golden-paths',
  'page:catalog-graph',
];

/** Reached from a button or shown elsewhere in the bar. */
const NOT_IN_MENU = [
  'page:search',
  'page:notifications',
  'page:user-settings',
  'page:catalog-import',
];

export const SidebarContent = NavContentBlueprint.make({
  params: {
    component: ({ navItems }) => {
      const nav = navItems.withComponent(item => (
        <SidebarItem icon={() => item.icon} to={item.href} text={item.title} />
      ));
      const first = FIRST.map(id => nav.take(id));
      NOT_IN_MENU.forEach(id => nav.take(id));

      return (
        <Sidebar>
          <SidebarLogo />
          <SidebarGroup label="Menu" icon={<RiMenuLine />}>
            <SidebarScrollWrapper>
              {first}
              {nav.rest({ sortBy: 'title' })}
            </SidebarScrollWrapper>
          </SidebarGroup>
          <SidebarSpace />
          <SidebarDivider />
          <SidebarGroup label="Search" icon={<RiSearchLine />} to="/search">
            <SidebarItem
              icon={() => <RiSearchLine />}
              to="/search"
              text="Search"
            />
          </SidebarGroup>
          <SidebarGroup
            label="Notifications"
            icon={<RiNotification2Line />}
            to="/notifications"
          >
            <NotificationsSidebarItem />
          </SidebarGroup>
          <SidebarGroup
            label="Settings"
            icon={<RiSettings3Line />}
            to="/settings"
          >
            <SidebarItem
              icon={() => <RiSettings3Line />}
              to="/settings"
              text="Settings"
            />
          </SidebarGroup>
        </Sidebar>
      );
    },
  },
});
