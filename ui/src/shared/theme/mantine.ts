// Mantine's theme: our scale, our accent, our defaults. Colours come from tokens.css.
import {
  ActionIcon,
  Button,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  Menu,
  Modal,
  Popover,
  SegmentedControl,
  Tooltip,
  type VariantColorsResolver,
} from "@mantine/core";
import controls from "./controls.module.css";

const muster: MantineColorsTuple = [
  "#e9f6f4",
  "#d3ebe7",
  "#a8d8d1",
  "#78c4ba",
  "#45bfb1",
  "#2a9a8e",
  "#168278",
  "#0b6e66",
  "#085850",
  "#04403a",
];

const gray: MantineColorsTuple = [
  "#f8f8f5",
  "#f3f3ee",
  "#e9e9e3",
  "#e0e0d9",
  "#cbcbc2",
  "#acaea6",
  "#8d8f88",
  "#646b74",
  "#3c434b",
  "#1b1f24",
];

const dark: MantineColorsTuple = [
  "#e8ebed",
  "#c9cfd4",
  "#adb5bd",
  "#7d868e",
  "#434b53",
  "#363d43",
  "#2b3136",
  "#1a1e22",
  "#16191d",
  "#101315",
];

const variants: VariantColorsResolver = (input) => {
  const plain = defaultVariantColorsResolver(input);
  const danger = input.color === "danger";
  switch (input.variant) {
    case "filled":
      return danger
        ? { ...plain, background: "var(--m-danger)", hover: "var(--m-danger)", color: "var(--m-surface)" }
        : {
            ...plain,
            background: "var(--m-accent)",
            hover: "var(--m-accent-hover)",
            color: "var(--m-on-accent)",
          };
    case "light":
      if (danger) {
        return {
          ...plain,
          background: "var(--m-danger-soft)",
          hover: "var(--m-danger-soft)",
          color: "var(--m-danger)",
        };
      }
      return {
        ...plain,
        background: "var(--m-accent-soft)",
        hover: "var(--m-selected)",
        color: "var(--m-accent-text)",
      };
    case "subtle":
      return {
        ...plain,
        background: "transparent",
        hover: "var(--m-hover)",
        color: danger ? "var(--m-danger)" : "var(--m-text-2)",
      };
    case "default":
      return {
        ...plain,
        background: "var(--m-surface)",
        hover: "var(--m-sunken)",
        color: danger ? "var(--m-danger)" : "var(--m-text)",
        border: "1px solid var(--m-line-strong)",
      };
    default:
      return plain;
  }
};

/** The landmark that holds what floats above the window, so that assistive technology finds it. */
export const LAYERS = "layers";
const portalProps = { target: `#${LAYERS}` };

export const theme = createTheme({
  primaryColor: "muster",
  primaryShade: { light: 7, dark: 4 },
  colors: { muster, gray, dark },
  black: "#1b1f24",
  variantColorResolver: variants,
  fontFamily: "var(--m-font)",
  fontFamilyMonospace: "var(--m-mono)",
  fontSizes: {
    xs: "var(--m-text-xs)",
    sm: "var(--m-text-sm)",
    md: "var(--m-text-md)",
    lg: "var(--m-text-lg)",
    xl: "var(--m-text-xl)",
  },
  radius: {
    xs: "3px",
    sm: "var(--m-radius-sm)",
    md: "var(--m-radius)",
    lg: "var(--m-radius-lg)",
    xl: "16px",
  },
  defaultRadius: "md",
  spacing: { xs: "var(--m-2)", sm: "var(--m-3)", md: "var(--m-4)", lg: "var(--m-5)", xl: "var(--m-8)" },
  headings: { fontFamily: "var(--m-font)", fontWeight: "620" },
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    Button: Button.extend({ defaultProps: { size: "sm" } }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: "subtle", size: "lg" } }),
    Tooltip: Tooltip.extend({
      defaultProps: {
        portalProps,
        openDelay: 350,
        withArrow: false,
        events: { hover: true, focus: true, touch: false },
      },
    }),
    Modal: Modal.extend({
      defaultProps: {
        centered: true,
        radius: "lg",
        overlayProps: { backgroundOpacity: 0.4 },
        // What closes is gone at once: a key pressed right afterwards is for the window.
        transitionProps: { duration: 120, exitDuration: 0 },
      },
    }),
    SegmentedControl: SegmentedControl.extend({
      classNames: { root: controls.segments, indicator: controls.segment, label: controls.segmentLabel },
    }),
    Popover: Popover.extend({ defaultProps: { portalProps } }),
    Menu: Menu.extend({
      defaultProps: {
        portalProps,
        shadow: "md",
        withInitialFocusPlaceholder: false,
        transitionProps: { duration: 80 },
      },
    }),
  },
});
