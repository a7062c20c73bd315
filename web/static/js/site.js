// What every page has, live or not.
import "elements/theme-switch";
