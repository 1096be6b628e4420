import { ReactNode } from 'react';
import { ThemeBlueprint } from '@backstage/plugin-app-react';
import { createUnifiedTheme, UnifiedThemeProvider } from '@backstage/theme';
import { RiMoonLine, RiSunLine } from '@remixicon/react';
import { dark, light, pageTheme } from './palettes';
import './tokens.css';

const FONT =
  "'Inter', system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif";

const PHONE = '@media (max-width: 600px)';

const shared = {
  fontFamily: FONT,
  defaultPageTheme: 'home',
  pageTheme: { home: pageTheme },
  components: {
    // Stock pages leave their progress bars without a name.
    MuiCircularProgress: { defaultProps: { 'aria-label': 'Loading' } },
    MuiLinearProgress: { defaultProps: { 'aria-label': 'Progress' } },
    // In running text a link shows by more than its colour.
    BackstageMarkdownContent: {
      styleOverrides: {
        markdown: { '& p a': { textDecoration: 'underline' } },
      },
    },
    // On a phone the title of a table and its search get a line each.
    BackstageTableToolbar: {
      styleOverrides: { title: { [PHONE]: { flex: '1 1 100%' } } },
    },
    // And what a form is reviewed by keeps room for the answers.
    BackstageMetadataTableTitleCell: {
      styleOverrides: {
        root: {
          [PHONE]: {
            whiteSpace: 'normal' as const,
            width: '40%',
            paddingLeft: 8,
            paddingRight: 8,
          },
        },
      },
    },
    BackstageMetadataTableCell: {
      styleOverrides: { root: { [PHONE]: { padding: '16px 8px' } } },
    },
    MuiToolbar: {
      styleOverrides: { root: { [PHONE]: { flexWrap: 'wrap' as const } } },
    },
  },
};
const lightTheme = createUnifiedTheme({ ...shared, palette: light });
const darkTheme = createUnifiedTheme({ ...shared, palette: dark });

type ProviderProps = { children: ReactNode };

/** Replaces the stock light theme; with "Auto" the system's choice decides. */
export const LightTheme = ThemeBlueprint.make({
  name: 'light',
  params: {
    theme: {
      id: 'light',
      title: 'Waymark light',
      variant: 'light',
      icon: <RiSunLine />,
      Provider: ({ children }: ProviderProps) => (
        <UnifiedThemeProvider theme={lightTheme} themeName="waymark">
          {children}
        </UnifiedThemeProvider>
      ),
    },
  },
});

/** Replaces the stock dark theme. */
export const DarkTheme = ThemeBlueprint.make({
  name: 'dark',
  params: {
    theme: {
      id: 'dark',
      title: 'Waymark dark',
      variant: 'dark',
      icon: <RiMoonLine />,
      Provider: ({ children }: ProviderProps) => (
        <UnifiedThemeProvider theme={darkTheme} themeName="waymark">
          {children}
        </UnifiedThemeProvider>
      ),
    },
  },
});
