import { palettes } from '@backstage/theme';

/** Pine of the sidebar and of page headers, in both themes. */
const PINE = '#0d3b3a';
/** The blaze: marks where you are. */
const BLAZE = '#f5a83b';

const navigation = {
  background: PINE,
  indicator: BLAZE,
  color: '#c9dcd9',
  selectedColor: '#ffffff',
  navItem: { hoverBackground: '#17504e' },
  submenu: { background: '#124644' },
};

/** Material UI's colours; tokens.css holds the same for Backstage UI. */
export const light = {
  ...palettes.light,
  background: { default: '#f4f7f6', paper: '#ffffff' },
  primary: { main: '#0f6660', dark: '#0b4f4a' },
  secondary: { main: '#8a4b00' },
  error: { main: '#b3261e' },
  text: { primary: '#14201f', secondary: '#52605e' },
  border: '#dbe4e2',
  textContrast: '#14201f',
  textSubtle: '#52605e',
  textVerySubtle: '#c3cfcd',
  link: '#0f6660',
  linkHover: '#0b4f4a',
  status: {
    ...palettes.light.status,
    ok: '#0b7a3f',
    warning: '#a85f00',
    error: '#b3261e',
    running: '#0f5c8f',
    pending: '#7a6200',
    aborted: '#5d6b69',
  },
  banner: { ...palettes.light.banner, info: '#0f5c8f', link: '#ffffff' },
  navigation,
  tabbar: { indicator: '#0f6660' },
};

/** See {@link light}. */
export const dark = {
  ...palettes.dark,
  background: { default: '#101716', paper: '#18211f' },
  primary: { main: '#7fd6ca', dark: '#a1e4da' },
  secondary: { main: '#f5b860' },
  error: { main: '#ff9389' },
  text: { primary: '#e9f1ef', secondary: '#aabab7' },
  border: '#33423f',
  textContrast: '#e9f1ef',
  textSubtle: '#aabab7',
  textVerySubtle: '#4c5f5b',
  link: '#7fd6ca',
  linkHover: '#a1e4da',
  errorBackground: '#3a1512',
  errorText: '#ffb4ab',
  infoBackground: '#10304a',
  infoText: '#a9d4ff',
  warningBackground: '#3b2704',
  warningText: '#ffcf8f',
  status: {
    ...palettes.dark.status,
    ok: '#6fd693',
    warning: '#ffb95c',
    error: '#ff9389',
    running: '#8cc8ff',
    pending: '#e6d16a',
    aborted: '#9fb0ad',
  },
  navigation: { ...navigation, background: '#0c2625' },
  tabbar: { indicator: '#7fd6ca' },
};

/** Plain pine behind the header of pages that still have Material UI's. */
export const pageTheme = {
  colors: [PINE],
  shape: 'none',
  backgroundImage: `linear-gradient(90deg, ${PINE}, ${PINE})`,
  fontColor: '#ffffff',
};
