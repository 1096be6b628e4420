/** The cairn: three stones that say "this way". Decorative: name it in text. */
export const LogoIcon = ({ height = 28 }: { height?: number }) => (
  <svg
    height={height}
    width={(height * 26) / 24}
    viewBox="3 5 26 24"
    xmlns="http://www.w3.org/2000/svg"
    aria-hidden="true"
    focusable="false"
  >
    <ellipse cx="16" cy="24" rx="11.4" ry="4.3" fill="#e8f1ef" />
    <ellipse cx="15" cy="15.6" rx="8" ry="3.8" fill="#a9cfc9" />
    <ellipse cx="16.8" cy="8.3" rx="4.8" ry="3.1" fill="#f5a83b" />
  </svg>
);
