// The receipt page.
import "shell/drawn";
import "receipt/kept";
