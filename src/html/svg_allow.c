#include "html/svg_allow.h"

static const char *const elements[] = {
    /* in byte order */
    "a", "animate", "animateMotion", "animateTransform", "circle", "clipPath",
    "defs", "desc", "ellipse", "feBlend", "feColorMatrix",
    "feComponentTransfer", "feComposite", "feConvolveMatrix",
    "feDiffuseLighting", "feDisplacementMap", "feDistantLight", "feDropShadow",
    "feFlood", "feFuncA", "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur",
    "feImage", "feMerge", "feMergeNode", "feMorphology", "feOffset",
    "fePointLight", "feSpecularLighting", "feSpotLight", "feTile",
    "feTurbulence", "filter", "g", "image", "line", "linearGradient", "marker",
    "mask", "mpath", "path", "pattern", "polygon", "polyline",
    "radialGradient", "rect", "set", "stop", "style", "svg", "switch",
    "symbol", "text", "textPath", "title", "tspan", "use", "view",
};

static const char *const attrs[] = {
    /* in byte order */
    "accent-height", "accumulate", "additive", "alignment-baseline",
    "amplitude", "aria-describedby", "aria-hidden", "aria-label",
    "aria-labelledby", "attributeName", "attributeType", "azimuth",
    "baseFrequency", "baseProfile", "baseline-shift", "begin", "bias", "by",
    "calcMode", "class", "clip", "clip-path", "clip-rule", "clipPathUnits",
    "color", "color-interpolation", "color-interpolation-filters",
    "color-profile", "color-rendering", "content", "contentScriptType",
    "contentStyleType", "cursor", "cx", "cy", "d", "data-name",
    "diffuseConstant", "direction", "display", "divisor", "dominant-baseline",
    "dur", "dx", "dy", "edgeMode", "elevation", "enable-background", "end",
    "exponent", "fill", "fill-opacity", "fill-rule", "filter", "filterUnits",
    "flood-color", "flood-opacity", "focusable", "font-family",
    "font-feature-settings", "font-size", "font-size-adjust", "font-stretch",
    "font-style", "font-variant", "font-weight", "fr", "from", "fx", "fy",
    "glyph-orientation-horizontal", "glyph-orientation-vertical",
    "gradientTransform", "gradientUnits", "height", "href", "id",
    "image-rendering", "in", "in2", "intercept", "k1", "k2", "k3", "k4",
    "kernelMatrix", "kernelUnitLength", "kerning", "keyPoints", "keySplines",
    "keyTimes", "lang", "lengthAdjust", "letter-spacing", "lighting-color",
    "limitingConeAngle", "marker-end", "marker-mid", "marker-start",
    "markerHeight", "markerUnits", "markerWidth", "mask", "mask-type",
    "maskContentUnits", "maskUnits", "max", "method", "min", "mix-blend-mode",
    "mode", "name", "numOctaves", "offset", "opacity", "operator", "order",
    "orient", "origin", "overflow", "paint-order", "path", "pathLength",
    "patternContentUnits", "patternTransform", "patternUnits",
    "pointer-events", "points", "pointsAtX", "pointsAtY", "pointsAtZ",
    "preserveAlpha", "preserveAspectRatio", "primitiveUnits", "r", "radius",
    "refX", "refY", "rendering-intent", "repeatCount", "repeatDur",
    "requiredExtensions", "requiredFeatures", "restart", "result", "role",
    "rotate", "rx", "ry", "scale", "seed", "shape-rendering", "side", "slope",
    "solid-color", "solid-opacity", "space", "spacing", "specularConstant",
    "specularExponent", "spreadMethod", "startOffset", "stdDeviation",
    "stitchTiles", "stop-color", "stop-opacity", "stroke", "stroke-dasharray",
    "stroke-dashoffset", "stroke-linecap", "stroke-linejoin",
    "stroke-miterlimit", "stroke-opacity", "stroke-width", "style",
    "surfaceScale", "systemLanguage", "tabindex", "tableValues", "target",
    "targetX", "targetY", "text-align", "text-anchor", "text-decoration",
    "text-rendering", "textLength", "title", "to", "transform",
    "transform-box", "transform-origin", "type", "unicode-bidi", "values",
    "vector-effect", "version", "viewBox", "visibility", "white-space",
    "width", "word-spacing", "writing-mode", "x", "x1", "x2",
    "xChannelSelector", "xlink:actuate", "xlink:href", "xlink:role",
    "xlink:show", "xlink:title", "xlink:type", "xml:lang", "xml:space",
    "xmlns", "xmlns:xlink", "y", "y1", "y2", "yChannelSelector", "z",
    "zoomAndPan",
};

_Static_assert(ARRAY_LEN(attrs) <= SVG_ATTRS, "svg_attr_find's bound");

/* Index of `name`, or n. */
static size_t find(const char *const *names, size_t n, struct str name) {
    size_t low = 0, high = n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_cmp(name, str_from(names[middle]));

        if (order == 0)
            return middle;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return n;
}

bool svg_element_allowed(struct str name) {
    return find(elements, ARRAY_LEN(elements), name) < ARRAY_LEN(elements);
}

unsigned svg_attr_find(struct str name) {
    size_t at = find(attrs, ARRAY_LEN(attrs), name);

    return at < ARRAY_LEN(attrs) ? (unsigned)at : SVG_ATTRS;
}

struct str svg_attr_name(unsigned attr) {
    return str_from(attrs[attr]);
}

enum svg_attr_use svg_attr_use(unsigned attr) {
    struct str name = str_from(attrs[attr]);

    if (str_eq(name, STR("href")) || str_eq(name, STR("xlink:href")))
        return SVG_ATTR_REFERENCE;
    if (str_eq(name, STR("attributeName")))
        return SVG_ATTR_TARGET;
    if (str_eq(name, STR("xmlns")))
        return SVG_ATTR_NAMESPACE;
    if (str_eq(name, STR("xmlns:xlink")))
        return SVG_ATTR_XLINK;
    if (str_starts(name, STR("aria-")) || str_eq(name, STR("content")) ||
        str_eq(name, STR("data-name")) || str_eq(name, STR("xlink:title")))
        return SVG_ATTR_TEXT;
    return SVG_ATTR_PLAIN;
}
