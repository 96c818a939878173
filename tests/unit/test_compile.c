#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "note/mask.h"
#include "note_dump.h"

/* Markdown, the fragment of it with its fixups shown, and the findings. One row
 * for each rule of spec/markdown.md, in its order. */
static const struct {
    const char *markdown, *body, *findings;
} rows[] = {
    /* §3.1 */
    {"[[Note]]", "<p>{link Note}Note</a></p>", ""},
    {"[[A/b c#H|see *it*]]", "<p>{link A/b c#H}see <em>it</em></a></p>", ""},
    {"[[a [[b]]", "<p>[[a {link b}b</a></p>", ""},
    {"[[Sq]uare]]", "<p>{link Sq]uare}Sq]uare</a></p>", ""},
    {"[[N||x]]", "<p>{link N}|x</a></p>", ""},
    {"[[ foo | bar ]]", "<p>{link foo}bar</a></p>", ""},
    {"[[pa#th/x]]", "<p>{link pa#th/x}pa &gt; th/x</a></p>", ""},
    {"\\[\\[x\\]\\]", "<p>[[x]]</p>", ""},
    {"[[]] [[|x]]", "<p>[[]] [[|x]]</p>", ""},
    {"`[[x]]`", "<p><code>[[x]]</code></p>", ""},
    {"[[a\nb]]", "<p>[[a<br>\nb]]</p>", ""},
    {"[[https://a.b]]", "<p>{link https://a.b}https://a.b</a></p>", ""},
    {"[[foo*bar]] and [[baz*qux]]",
     "<p>{link foo*bar}foo*bar</a> and {link baz*qux}baz*qux</a></p>", ""},
    {"[[x]](y)", "<p>{link x}x</a>(y)</p>", ""},
    {"[[_a_|b]]", "<p>{link _a_}b</a></p>", ""},
    {"[[a<b>c]]", "<p>{link a<b>c}a&lt;b&gt;c</a></p>", ""},
    /* §3.2 */
    {"[[Note#H#S]] [[#H]] [[N#^id]] [[#^id]]",
     "<p>{link Note#H#S}Note &gt; H &gt; S</a> {link #H}H</a> {link N#^id}"
     "N &gt; ^id</a> {link #^id}^id</a></p>",
     ""},
    /* §3.3 */
    {"[t](My%20Note.md#A%20b)", "<p>{link My Note.md#A b}t</a></p>", ""},
    {"[t](<My Note.md>)", "<p>{link My Note.md}t</a></p>", ""},
    {"[t](My Note.md)", "<p>[t](My Note.md)</p>", ""},
    {"[t](N.md \"title\")", "<p>{link N.md}t</a></p>", ""},
    {"[]() [x]()", "<p> x</p>", ""},
    {"[t](javascript:x)", "<p>t</p>", "link-scheme 1:1"},
    {"[t](https://a.b \"T\")",
     "<p><a class=\"external-link\" href=\"https://a.b\" target=\"_blank\""
     " rel=\"noopener nofollow\" title=\"T\">t</a></p>",
     ""},
    {"[a [[b]] c](d)", "<p>{link d}a b c</a></p>", ""},
    /* §4.3 */
    {"# One\n## Two ##\nThree\n===",
     "<h1{id one} data-heading=\"One\">One</h1>\n<h2{id two} data-heading="
     "\"Two\">Two</h2>\n<h1{id three} data-heading=\"Three\">Three</h1>",
     ""},
    {"#Tag #7", "<p>{tag Tag}#Tag</a> #7</p>", ""},
    {"####### seven", "<p>####### seven</p>", ""},
    {"> # In\n",
     "<blockquote>\n<h1{id in} data-heading=\"In\">In</h1>\n"
     "</blockquote>",
     ""},
    {"- # Item",
     "<ul>\n<li><h1{id item} data-heading=\"Item\">Item</h1>\n"
     "</li>\n</ul>",
     ""},
    {"# A\n# A",
     "<h1{id a} data-heading=\"A\">A</h1>\n<h1{id a-2} data-heading=\"A\">"
     "A</h1>",
     ""},
    {"# The **bold** [[x]] ^id",
     "<h1{id the-bold-x} data-heading=\"The **bold** [[x]]\">The <strong>b"
     "old</strong> {link x}x</a></h1>",
     ""},
    /* §5 */
    {"text ^id", "<p{id ^id}>text</p>", ""},
    {"text^id", "<p>text^id</p>", ""},
    {"text ^a_b", "<p>text ^a_b</p>", ""},
    {"- item ^i-1\n- two", "<ul>\n<li{id ^i-1}>item</li>\n<li>two</li>\n</ul>",
     ""},
    {"- item\n  ^own", "<ul>\n<li{id ^own}>item</li>\n</ul>", ""},
    {"- item\n\n  ^own\n- two",
     "<ul>\n<li{id ^own}><p>item</p>\n</li>\n<li><p>two</p>\n</li>\n</ul>", ""},
    {"> q\n\n^q", "<blockquote{id ^q}>\n<p>q</p>\n</blockquote>", ""},
    {"- a\n- b\n\n^list", "<ul{id ^list}>\n<li>a</li>\n<li>b</li>\n</ul>", ""},
    {"```\nc\n```\n\n^code",
     "<pre{id ^code} tabindex=\"0\"><code>c\n</code></pre>", ""},
    {"|a|\n|-|\n\n^t",
     "<div{id ^t} class=\"table-wrapper\" tabindex=\"0\" role=\"group\" "
     "aria-label=\"a\"><table>\n<thead><tr><th>a</th></"
     "tr></thead>\n</table></div>",
     ""},
    {"# H ^hid", "<h1{id h} data-heading=\"H\">H</h1>", ""},
    {"a ^ID\n\nb ^id", "<p{id ^id}>a</p>\n<p>b</p>", "block-id-duplicate 3:3"},
    {"```dataview\nLIST\n```\n\n^query",
     "<div{id ^query}>{query dataview}</div>", ""},
    {"```tasks\nnot done\n```", "{query tasks}", ""},
    {"![[N]] ^emb", "<div{id ^emb}>{embed N}</div>", ""},
    {"`a ^id`", "<p><code>a ^id</code></p>", ""},
    /* fields in brackets, the same §14 */
    {"a [k:: v] b (Key Two:: *w*)",
     "<p>a <span class=\"dataview inline-field\"><span class=\"dataview "
     "inline-field-key\" data-dv-key=\"k\" "
     "data-dv-norm-key=\"k\">k</span><span class=\"dataview "
     "inline-field-value\">v</span></span> b <span class=\"dataview "
     "inline-field-standalone-value\" data-dv-key=\"Key Two\" "
     "data-dv-norm-key=\"key-two\"><em>w</em></span></p>",
     ""},
    {"[who:: [[Ada]], [x](y.md) `=1` **b**]",
     "<p><span class=\"dataview inline-field\"><span class=\"dataview "
     "inline-field-key\" data-dv-key=\"who\" "
     "data-dv-norm-key=\"who\">who</span><span class=\"dataview "
     "inline-field-value\">{link Ada}Ada</a>, {link y.md}x</a> {inline 1} "
     "<strong>b</strong></span></span></p>",
     ""},
    {"[a:: 1][b:: 2] [c::3] [d:: (e:: 4)]",
     "<p><span class=\"dataview inline-field\"><span class=\"dataview "
     "inline-field-key\" data-dv-key=\"a\" "
     "data-dv-norm-key=\"a\">a</span><span class=\"dataview "
     "inline-field-value\">1</span></span>[b:: 2] <span class=\"dataview "
     "inline-field\"><span class=\"dataview inline-field-key\" "
     "data-dv-key=\"c\" data-dv-norm-key=\"c\">c</span><span class=\"dataview "
     "inline-field-value\">3</span></span> <span class=\"dataview "
     "inline-field\"><span class=\"dataview inline-field-key\" "
     "data-dv-key=\"d\" data-dv-norm-key=\"d\">d</span><span class=\"dataview "
     "inline-field-value\">(e:: 4)</span></span></p>",
     ""},
    {"k:: v [:: x] [**b**:: ] \\[e:: f] [g:: h",
     "<p>k:: v [:: x] <span class=\"dataview inline-field\"><span "
     "class=\"dataview inline-field-key\" data-dv-key=\"**b**\" "
     "data-dv-norm-key=\"b\">b</span><span class=\"dataview "
     "inline-field-value\"></span></span> [e:: f] [g:: h</p>",
     ""},
    {"[t:: u](n.md) [l](k:: v) [[w:: x]] ![i:: j](k.png) `[c:: d]` $[m:: n]$",
     "<p>{link n.md}t:: u</a> [l](k:: v) {link w:: x}w:: x</a> {embed k.png} "
     "<code>[c:: d]</code> <span class=\"math math-inline\">[m:: n]</span></p>",
     ""},
    {"# H [k:: <b>x</b> & \"]",
     "<h1{id h-k-x} data-heading=\"H [k:: &lt;b&gt;x&lt;/b&gt; &amp; "
     "&quot;]\">H <span class=\"dataview inline-field\"><span class=\"dataview "
     "inline-field-key\" data-dv-key=\"k\" "
     "data-dv-norm-key=\"k\">k</span><span class=\"dataview "
     "inline-field-value\"><b>x</b> &amp; &quot;</span></span></h1>",
     ""},
    {"[<img src=x>:: v] [\"x:: y]",
     "<p><span class=\"dataview inline-field\"><span class=\"dataview "
     "inline-field-key\" data-dv-key=\"&lt;img src=x&gt;\" "
     "data-dv-norm-key=\"img-srcx\">&lt;img src=x&gt;</span><span "
     "class=\"dataview inline-field-value\">v</span></span> <span "
     "class=\"dataview inline-field\"><span class=\"dataview "
     "inline-field-key\" data-dv-key=\"&quot;x\" "
     "data-dv-norm-key=\"x\">&quot;x</span><span class=\"dataview "
     "inline-field-value\">y</span></span></p>",
     ""},
    {"> [!note] T [k:: v]\n> [a:: b]",
     "<div class=\"callout co-note\" data-callout=\"note\" "
     "data-callout-fold=\"\" data-callout-metadata=\"\"><div "
     "class=\"callout-title\"><span class=\"callout-icon\" "
     "aria-hidden=\"true\"></span><span class=\"callout-title-inner\">T [k:: "
     "v]</span></div><div class=\"callout-content\">\n<p><span "
     "class=\"dataview inline-field\"><span class=\"dataview "
     "inline-field-key\" data-dv-key=\"a\" "
     "data-dv-norm-key=\"a\">a</span><span class=\"dataview "
     "inline-field-value\">b</span></span></p>\n</div></div>",
     ""},
    {"|[a:: b]|[c:: d\n|-|-|\n|(e:: f)|[g:: ![[N]]]|",
     "<div class=\"table-wrapper\" tabindex=\"0\" role=\"group\" "
     "aria-label=\"a: b, [c:: d\"><table>\n<thead><tr><th><span "
     "class=\"dataview inline-field\"><span class=\"dataview "
     "inline-field-key\" data-dv-key=\"a\" "
     "data-dv-norm-key=\"a\">a</span><span class=\"dataview "
     "inline-field-value\">b</span></span></th><th>[c:: "
     "d</th></tr></thead>\n<tbody><tr><td><span class=\"dataview "
     "inline-field-standalone-value\" data-dv-key=\"e\" "
     "data-dv-norm-key=\"e\">f</span></td><td><span class=\"dataview "
     "inline-field\"><span class=\"dataview inline-field-key\" "
     "data-dv-key=\"g\" data-dv-norm-key=\"g\">g</span><span class=\"dataview "
     "inline-field-value\">{as-link "
     "N}</span></span></td></tr>\n</tbody></table></div>",
     ""},
    {"```\n[a:: b]\n```\nhttp://a.b/(c::d)x",
     "<pre tabindex=\"0\"><code>[a:: b]\n</code></pre>\n<p><a "
     "class=\"external-link\" href=\"http://a.b/(c::d)x\" target=\"_blank\" "
     "rel=\"noopener nofollow\">http://a.b/(c::d)x</a></p>",
     ""},
    {"[l (k:: v)](n.md)",
     "<p>{link n.md}l <span class=\"dataview inline-field-standalone-value\" "
     "data-dv-key=\"k\" data-dv-norm-key=\"k\">v</span></a></p>",
     ""},
    /* spec/dataview.md §14 */
    {"a `= this.x` `=1` `$= dv.x()` b",
     "<p>a {inline this.x} {inline 1} {inline js dv.x()} b</p>", ""},
    {"`=` `= ` `$=` `a = b` `==x==` `` = `x` ``",
     "<p><code>=</code> <code>= </code> <code>$=</code> <code>a = b</code> "
     "<code>==x==</code> "
     "{inline `x`}</p>",
     ""},
    {"# H `= [[N]].a`\n[a `=1`](N.md) **`=2`**",
     "<h1{id h-n-.a} data-heading=\"H `= [[N]].a`\">H {inline [[N]].a}</h1>\n"
     "<p>{link N.md}a <code>=1</code></a> <strong>{inline 2}</strong></p>",
     ""},
    {"|a|\n|-|\n|`= 1`|",
     "<div class=\"table-wrapper\" tabindex=\"0\" role=\"group\" "
     "aria-label=\"a\"><table>\n<thead><tr><th>a</th></tr></thead>\n"
     "<tbody><tr><td>{inline 1}</td></tr>\n</tbody></table></div>",
     ""},
    {"```\n= 1 +\n2\n```\n```none\n=3\n```\n~~~js\n=4\n~~~\n```\n=\n```\n\n"
     "    = 5",
     "<pre tabindex=\"0\">{inline 1 +\n2}</pre>\n"
     "<pre data-language=\"none\" tabindex=\"0\">{inline 3}</pre>\n"
     "<pre data-language=\"js\" tabindex=\"0\"><code class=\"language-js\">=4\n"
     "</code></pre>\n<pre tabindex=\"0\"><code>=\n</code></pre>\n"
     "<pre tabindex=\"0\"><code>= 5\n</code></pre>",
     ""},
    /* §6 */
    {"![[N]]", "{embed N}", ""},
    {"a ![[N]] b", "<p>a </p>\n{embed N}<p> b</p>", ""},
    {"![[i.png|alt|100x20]]", "<p>{embed i.png}</p>", ""},
    {"![[i.png|100]]", "<p>{embed i.png}</p>", ""},
    {"![t|50](i.png)", "<p>{embed i.png}</p>", ""},
    {"![](https://a.b/i.png)",
     "<p><img src=\"https://a.b/i.png\" alt=\"\" loading=\"lazy\" referrer"
     "policy=\"no-referrer\"></p>",
     "external-image 1:1"},
    {"# x ![[N]]", "<h1{id x} data-heading=\"x ![[N]]\">x {as-link N}</h1>",
     ""},
    {"[[a|![[b]]]]", "<p>[[a|</p>\n{embed b}<p>]]</p>", ""},
    {"**![[N]]**", "<p><strong>{as-link N}</strong></p>", ""},
    {"|a|\n|-|\n|![[N]]|",
     "<div class=\"table-wrapper\" tabindex=\"0\" role=\"group\" "
     "aria-label=\"a\"><table>\n<thead><tr><th>a</th></tr></th"
     "ead>\n<tbody><tr><td>{embed N}</td></tr>\n</tbody></table></div>",
     ""},
    {"![[N#H]]", "{embed N#H}", ""},
    {"![[f.canvas]] ![[x.base#V]]", "{embed f.canvas} {embed x.base#V}", ""},
    {"[![i](a.png)](u.md)", "<p>{link u.md}{embed a.png}</a></p>", ""},
    {"![x]()", "<p>x</p>", ""},
    {"![[a.mp4|300x200]]", "<p>{embed a.mp4}</p>", ""},
    /* §7 */
    {"a ==b *c*== d", "<p>a <mark>b <em>c</em></mark> d</p>", ""},
    {"==> a <==", "<p>==&gt; a &lt;==</p>", ""},
    {"==a", "<p>==a</p>", ""},
    {"~~a~~ ~b~", "<p><del>a</del> ~b~</p>", ""},
    {"\\* \\# \\==x\\==", "<p>* # ==x==</p>", ""},
    {"a\n---\nb", "<h2{id a} data-heading=\"a\">a</h2>\n<p>b</p>", ""},
    {"1) a\n2) b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>", ""},
    {"`` a`b ``", "<p><code>a`b</code></p>", ""},
    {"https://a.b/c. (http://x.y/(z)) <http://q.r>",
     "<p><a class=\"external-link\" href=\"https://a.b/c\" target=\"_blank"
     "\" rel=\"noopener nofollow\">https://a.b/c</a>. (<a class=\"external"
     "-link\" href=\"http://x.y/(z)\" target=\"_blank\" rel=\"noopener nof"
     "ollow\">http://x.y/(z)</a>) <a class=\"external-link\" href=\"http:/"
     "/q.r\" target=\"_blank\" rel=\"noopener nofollow\">http://q.r</a></p"
     ">",
     ""},
    {"HTTPS://A.b",
     "<p><a class=\"external-link\" href=\"HTTPS://A.b\" target=\"_blank\""
     " rel=\"noopener nofollow\">HTTPS://A.b</a></p>",
     ""},
    {"xhttp://a.b", "<p>xhttp://a.b</p>", ""},
    {"~~~mermaid\na<b\n~~~",
     "<pre class=\"mermaid\" data-language=\"mermaid\" tabindex=\"0\"><code "
     "class=\"language-mermaid\">a&lt;b\n"
     "</code></pre>",
     ""},
    {"```js x\n[[a]] #t %%c%%\n```",
     "<pre data-language=\"js\" tabindex=\"0\"><code "
     "class=\"language-js\">[[a]] #t %%c%%\n</code></pre>",
     ""},
    {"    code\n", "<pre tabindex=\"0\"><code>code\n</code></pre>", ""},
    {"***", "<hr>", ""},
    {"a &amp; &copy; &#8; &lt;", "<p>a &amp; © &amp;#8; &lt;</p>", ""},
    /* §8 */
    {"- [ ] a\n- [x] b\n- [?] c",
     "<ul class=\"contains-task-list\">\n<li class=\"task-list-item\" data"
     "-task=\"\"><input type=\"checkbox\" class=\"task-list-item-checkbox\""
     " disabled{task todo}>a</li>\n<li class=\"task-list-item is-c"
     "hecked\" data-task=\"x\"><input type=\"checkbox\" class=\"task-list-"
     "item-checkbox\" disabled checked{task done}>b</li>\n"
     "<li class=\"task-list-item is-checked\" data-task=\"?\"><input type="
     "\"checkbox\" class=\"task-list-item-checkbox\" disabled checked"
     "{task proposed}>c</li>\n</ul>",
     ""},
    /* §7: a list behind the box */
    {"- [ ] 1. a\n- [ ] 2 b",
     "<ul class=\"contains-task-list\">\n<li class=\"task-list-item\" data"
     "-task=\"\"><input type=\"checkbox\" class=\"task-list-item-checkbox\""
     " disabled{task todo}>\n<ol>\n<li>a</li>\n</ol>\n</li>\n"
     "<li class=\"task-list-item\" data-task=\"\"><input type=\"checkbox\" "
     "class=\"task-list-item-checkbox\" disabled{task todo}>2 b</li>\n</ul>",
     ""},
    {"1. [ ]\t- a\n     - b\n\n3. c",
     "<ol class=\"contains-task-list\">\n<li class=\"task-list-item\" data"
     "-task=\"\"><input type=\"checkbox\" class=\"task-list-item-checkbox\""
     " disabled{task todo}>\n<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n"
     "</ul>\n</li>\n<li><p>c</p>\n</li>\n</ol>",
     ""},
    {"- [ ] * * *",
     "<ul class=\"contains-task-list\">\n<li class=\"task-list-item\" data"
     "-task=\"\"><input type=\"checkbox\" class=\"task-list-item-checkbox\""
     " disabled{task todo}>* * *</li>\n</ul>",
     ""},
    {"- []\n- [ab] c\n- [x]d",
     "<ul>\n<li>[]</li>\n<li>[ab] c</li>\n<li>[x]d</li>\n"
     "</ul>",
     ""},
    {"1. [-] a",
     "<ol class=\"contains-task-list\">\n<li class=\"task-list-item is-che"
     "cked\" data-task=\"-\"><input type=\"checkbox\" class=\"task-list-it"
     "em-checkbox\" disabled checked{task cancelled}>a</li>\n"
     "</ol>",
     ""},
    {"> - [x] q",
     "<blockquote>\n<ul class=\"contains-task-list\">\n<li class=\"task-li"
     "st-item is-checked\" data-task=\"x\"><input type=\"checkbox\" class="
     "\"task-list-item-checkbox\" disabled checked{task done}>q</l"
     "i>\n</ul>\n</blockquote>",
     ""},
    {"- [📅] e",
     "<ul class=\"contains-task-list\">\n<li class=\"task-list-item is-che"
     "cked\" data-task=\"📅\"><input type=\"checkbox\" class=\"task-list-it"
     "em-checkbox\" disabled checked aria-label=\"[📅]\">e</li>\n"
     "</ul>",
     ""},
    {"- [x]",
     "<ul class=\"contains-task-list\">\n<li class=\"task-list-item is-che"
     "cked\" data-task=\"x\"><input type=\"checkbox\" class=\"task-list-it"
     "em-checkbox\" disabled checked{task done}></li>\n"
     "</ul>",
     ""},
    {"* [X] a\n  - [ ] b",
     "<ul class=\"contains-task-list\">\n<li class=\"task-list-item is-che"
     "cked\" data-task=\"X\"><input type=\"checkbox\" class=\"task-list-it"
     "em-checkbox\" disabled checked{task done}>a\n"
     "<ul class=\"contains-task-list\">\n<li class=\"task-list-item\" data"
     "-task=\"\"><input type=\"checkbox\" class=\"task-list-item-checkbox\""
     " disabled{task todo}>b</li>\n</ul>\n</li>\n"
     "</ul>",
     ""},
    /* §9 */
    {"#a #b/c #1984 #y1984 a#b (#c) #ü #📚",
     "<p>{tag a}#a</a> {tag b/c}#b/c</a> #1984 {tag y1984}#y1984</a> a#b ("
     "#c) {tag ü}#ü</a> {tag 📚}#📚</a></p>",
     "tag-none 1:9, tag-none 1:27"},
    {"<b>#a</b><br>#b", "<p><b>{tag a}#a</a></b><br>{tag b}#b</a></p>", ""},
    {"#a#b _#c_ \\#d \\[#e",
     "<p>{tag a}#a</a>{tag b}#b</a> <em>{tag c}#c</a></em> #d [{tag e}#e</"
     "a></p>",
     ""},
    {"==#a== ~~#b~~ c=#d",
     "<p><mark>{tag a}#a</a></mark> <del>{tag b}#b</a></del> c=#d</p>", ""},
    {"[t #x](u)", "<p>{link u}t #x</a></p>", ""},
    {"[[#x]] #a/", "<p>{link #x}x</a> {tag a}#a</a>/</p>", "tag-none 1:8"},
    {"`#a` $#b$",
     "<p><code>#a</code> <span class=\"math math-inline\">#b</span></p>", ""},
    {"|#u|x|\n|-|-|",
     "<div class=\"table-wrapper\" tabindex=\"0\" role=\"group\" "
     "aria-label=\"#u, x\"><table>\n<thead><tr><th>{tag u}#u</a></"
     "th><th>x</th></tr></thead>\n</table></div>",
     ""},
    {"%%#hidden%%", "", ""},
    {"<!-- #hidden -->", "", ""},
    {"a　#t", "<p>a　{tag t}#t</a></p>", ""},
    /* §10 */
    {"> [!note] T *i*\n> b",
     "<div class=\"callout co-note\" data-callout=\"note\" data-callout-fo"
     "ld=\"\" data-callout-metadata=\"\"><div class=\"callout-title\"><spa"
     "n class=\"callout-icon\" aria-hidden=\"true\"></span><span class=\"c"
     "allout-title-inner\">T <em>i</em></span></div><div class=\"callout-c"
     "ontent\">\n<p>b</p>\n</div></div>",
     ""},
    {"> [!Tip]",
     "<div class=\"callout co-tip\" data-callout=\"tip\" data-callout-fold"
     "=\"\" data-callout-metadata=\"\"><div class=\"callout-title\"><span "
     "class=\"callout-icon\" aria-hidden=\"true\"></span><span class=\"cal"
     "lout-title-inner\">Tip</span></div></div>",
     ""},
    {"> [!faq|m x]- See\n> b",
     "<details class=\"callout co-question is-collapsible is-collapsed\" d"
     "ata-callout=\"faq\" data-callout-fold=\"-\" data-callout-metadata=\""
     "m x\"><summary class=\"callout-title\"><span class=\"callout-icon\" "
     "aria-hidden=\"true\"></span><span class=\"callout-title-inner\">See<"
     "/span></summary><div class=\"callout-content\">\n<p>b</p>\n"
     "</div></details>",
     ""},
    {"> [!x]+",
     "<div class=\"callout co-note\" data-callout=\"x\" data-callout-fold="
     "\"+\" data-callout-metadata=\"\"><div class=\"callout-title\"><span "
     "class=\"callout-icon\" aria-hidden=\"true\"></span><span class=\"cal"
     "lout-title-inner\">X</span></div></div>",
     ""},
    {"> [!see-also]\n> a",
     "<div class=\"callout co-note\" data-callout=\"see-also\" data-callou"
     "t-fold=\"\" data-callout-metadata=\"\"><div class=\"callout-title\">"
     "<span class=\"callout-icon\" aria-hidden=\"true\"></span><span class"
     "=\"callout-title-inner\">See also</span></div><div class=\"callout-c"
     "ontent\">\n<p>a</p>\n</div></div>",
     ""},
    {"> text\n> [!note]",
     "<blockquote>\n<p>text<br>\n[!note]</p>\n</blockquote>", ""},
    {"> [!note]\nlazy",
     "<div class=\"callout co-note\" data-callout=\"note\" data-callout-fo"
     "ld=\"\" data-callout-metadata=\"\"><div class=\"callout-title\"><spa"
     "n class=\"callout-icon\" aria-hidden=\"true\"></span><span class=\"c"
     "allout-title-inner\">Note</span></div><div class=\"callout-content\""
     ">\n<p>lazy</p>\n</div></div>",
     ""},
    {"> [!a] T\n> > [!b]\n> > c",
     "<div class=\"callout co-note\" data-callout=\"a\" data-callout-fold="
     "\"\" data-callout-metadata=\"\"><div class=\"callout-title\"><span c"
     "lass=\"callout-icon\" aria-hidden=\"true\"></span><span class=\"call"
     "out-title-inner\">T</span></div><div class=\"callout-content\">\n"
     "<div class=\"callout co-note\" data-callout=\"b\" data-callout-fold="
     "\"\" data-callout-metadata=\"\"><div class=\"callout-title\"><span c"
     "lass=\"callout-icon\" aria-hidden=\"true\"></span><span class=\"call"
     "out-title-inner\">B</span></div><div class=\"callout-content\">\n"
     "<p>c</p>\n</div></div>\n</div></div>",
     ""},
    {"- > [!bug] x\n  > y",
     "<ul>\n<li><div class=\"callout co-bug\" data-callout=\"bug\" data-ca"
     "llout-fold=\"\" data-callout-metadata=\"\"><div class=\"callout-titl"
     "e\"><span class=\"callout-icon\" aria-hidden=\"true\"></span><span c"
     "lass=\"callout-title-inner\">x</span></div><div class=\"callout-cont"
     "ent\">\n<p>y</p>\n</div></div>\n</li>\n</ul>",
     ""},
    {"> [!]\n> a", "<blockquote>\n<p>[!]<br>\na</p>\n</blockquote>", ""},
    /* §11 */
    {"$a_b_c$ $5 and $10",
     "<p><span class=\"math math-inline\">a_b_c</span> $5 and $10</p>", ""},
    {"$$x$$ y", "<p><span class=\"math math-block\">x</span> y</p>", ""},
    {"$$\na\n\nb\n$$", "<div class=\"math math-block\">a\n\nb</div>", ""},
    {"\\$x\\$", "<p>$x$</p>", ""},
    {"US$ 5 $", "<p>US$ 5 $</p>", ""},
    {"$[x](y)$", "<p><span class=\"math math-inline\">[x](y)</span></p>", ""},
    {"$a\\$b$", "<p><span class=\"math math-inline\">a\\$b</span></p>", ""},
    {"> $$\n> x\n> $$",
     "<blockquote>\n<div class=\"math math-block\">x</div>\n"
     "</blockquote>",
     ""},
    {"$$", "<p>$$</p>", ""},
    {"- a\n  $$\n  x\n  $$\n- b",
     "<ul>\n<li>a<div class=\"math math-block\">x</div>\n</li>\n<li>b</li>\n"
     "</ul>",
     ""},
    {"- a\n  $$\n\n  x\n  $$\n\n- b",
     "<ul>\n<li><p>a</p>\n<div class=\"math math-block\">x</div>\n</li>\n"
     "<li><p>b</p>\n</li>\n</ul>",
     ""},
    {"$$x\ny$$", "<div class=\"math math-block\">x\ny</div>", ""},
    {"$2,000 to $3,000", "<p>$2,000 to $3,000</p>", ""},
    /* §12 */
    {"|a|b|\n|:-|-:|\n|[[N\\|l]]|`x\\|y`|",
     "<div class=\"table-wrapper\" tabindex=\"0\" role=\"group\" "
     "aria-label=\"a, b\"><table>\n<thead><tr><th style=\"text-al"
     "ign: left\">a</th><th style=\"text-align: right\">b</th></tr></thead"
     ">\n<tbody><tr><td style=\"text-align: left\">{link N}l</a></td><td s"
     "tyle=\"text-align: right\"><code>x|y</code></td></tr>\n"
     "</tbody></table></div>",
     ""},
    {"|a|\n|-|\n|b|c|\n|d",
     "<div class=\"table-wrapper\" tabindex=\"0\" role=\"group\" "
     "aria-label=\"a\"><table>\n<thead><tr><th>a</th></tr></th"
     "ead>\n<tbody><tr><td>b</td></tr>\n<tr><td>d</td></tr>\n"
     "</tbody></table></div>",
     ""},
    {"text\n|a|\n|-|",
     "<p>text</p>\n<div class=\"table-wrapper\" tabindex=\"0\" role=\"group\" "
     "aria-label=\"a\"><table>\n"
     "<thead><tr><th>a</th></tr></thead>\n</table></div>",
     ""},
    {"|a|\n|:-:|\n|![[i.png\\|100]]<br>x|",
     "<div class=\"table-wrapper\" tabindex=\"0\" role=\"group\" "
     "aria-label=\"a\"><table>\n<thead><tr><th style=\"text-al"
     "ign: center\">a</th></tr></thead>\n<tbody><tr><td style=\"text-align"
     ": center\">{embed i.png}<br>x</td></tr>\n</tbody></table></div>",
     ""},
    /* §13 */
    {"a\nb", "<p>a<br>\nb</p>", ""},
    {"a  \nb", "<p>a<br>\nb</p>", ""},
    {"a\\\nb", "<p>a<br>\nb</p>", ""},
    {"# a", "<h1{id a} data-heading=\"a\">a</h1>", ""},
    {"a\n%%x%%\nb", "<p>a<br>\nb</p>", ""},
    {"%%x%%\nb", "<p>b</p>", ""},
    {"a\n%%x%%<!-- y -->%%z%%\nb", "<p>a<br>\nb</p>", ""},
    {"a %%x%%\nb", "<p>a <br>\nb</p>", ""},
    {"- a\n  %%\n  x\n  %%\n  b\n- c",
     "<ul>\n<li>a<br>\nb</li>\n<li>c</li>\n</ul>", ""},
    /* §14.1 */
    {"a %%b%% c", "<p>a  c</p>", ""},
    {"%%\nhid #t\n\n- x\n%% after", "<p>after</p>", ""},
    {"a\n%%\nb\n%%\nc", "<p>a</p>\n<p>c</p>", ""},
    {"%%%%a", "<p>%%%%a</p>", ""},
    {"a %%b", "<p>a %%b</p>", ""},
    {"%% b", "", "comment-unclosed 1:1"},
    {"`%%a%%` b %%c%%", "<p><code>%%a%%</code> b </p>", ""},
    {"> %%\n> x\n> %%\n> y", "<blockquote>\n<p>y</p>\n</blockquote>", ""},
    {"<!-- x --> a", " a", ""},
    {"a <!-- x --> b", "<p>a  b</p>", ""},
    {"```\n%%\n```\n%%x%%", "<pre tabindex=\"0\"><code>%%\n</code></pre>", ""},
    /* §14.2 */
    {"a[^1]\n\n[^1]: n", "<p>a{fn 0}</p>\n{footnotes}", ""},
    {"a[^x]", "<p>ax</p>", "footnote-missing 1:2"},
    {"a[^b c]", "<p>a[^b c]</p>", ""},
    {"[^1]: one\n[^1]: two\n\n[^1]", "<p>{fn 0}</p>\n{footnotes}",
     "footnote-duplicate 2:1"},
    {"a^[in *line* [[N]]]", "<p>a{fn 0}</p>\n{footnotes}", ""},
    {"a[^1] b[^1]\n\n[^1]: p\n\n    q\n", "<p>a{fn 0} b{fn 0}</p>\n{footnotes}",
     ""},
    {"[^1]: never", "", ""},
    {"[^A] [^a]\n\n[^a]: x", "<p>{fn 0} {fn 0}</p>\n{footnotes}", ""},
    {"# h[^1]\n\n[^1]: x",
     "<h1{id h} data-heading=\"h[^1]\">h{fn 0}</h1>\n{footnotes}", ""},
    {"> a[^1]\n\n[^1]: b[^2]\n[^2]: c",
     "<blockquote>\n<p>a{fn 0}</p>\n</blockquote>\n{footnotes}", ""},
    {"^[a ^[b]]", "<p>{fn 0}</p>\n{footnotes}", ""},
    /* §15 */
    {"<div>**x**</div>\n\n**y**",
     "<div>**x**</div>\n\n<p><strong>y</strong></p>", ""},
    {"<script>x</script>a", "a", "html-removed 1:1"},
    {"a <b>b *c</b> d*", "<p>a <b>b <em>c d</em></b></p>", ""},
    {"<b>a\n\nc", "<p><b>a</b></p>\n<p>c</p>", ""},
    {"<a href=\"N.md\" onclick=x>t</a>", "<p><a{asset href N.md}>t</a></p>",
     "html-removed 1:1"},
    {"<a href=x>[[N]] #t [u](v) http://a.b</a>",
     "<p><a{asset href x}>N #t u http://a.b</a></p>", ""},
    {"[x <a href=y>z</a>](u)", "<p>{link u}x z</a></p>", "html-removed 1:4"},
    {"<span id=\"x y\">a</span>", "<p><span{id u-x-y}>a</span></p>", ""},
    {"<img src=i.png alt=\"&#8;\">", "<img{asset src i.png} alt=\"&amp;#8;\">",
     ""},
    {"</div>a", "a", ""},
    {"<p>a", "<p>a\n</p>", ""},
    {"a<p>b", "<p>a<span>b</span></p>", ""},
    {"<iframe src=\"https://a.b\"></iframe>",
     "<a class=\"external-link\" href=\"https://a.b\" rel=\"noopener nofol"
     "low\" target=\"_blank\">https://a.b</a>",
     "html-linked 1:1"},
    /* decisions 14, 17 */
    {"- a\n  - b\n\n  c",
     "<ul>\n<li><p>a</p>\n<ul>\n<li>b</li>\n</ul>\n<p>c</p>\n"
     "</li>\n</ul>",
     ""},
    {"1. a\n2. b\n   1. c",
     "<ol>\n<li>a</li>\n<li>b\n<ol>\n<li>c</li>\n</ol>\n</li>\n"
     "</ol>",
     ""},
    {"7. a\n8. b", "<ol start=\"7\">\n<li>a</li>\n<li>b</li>\n</ol>", ""},
    {"- a\n\n  b\n- c",
     "<ul>\n<li><p>a</p>\n<p>b</p>\n</li>\n<li><p>c</p>\n"
     "</li>\n</ul>",
     ""},
    {"a\n![[N]]\nb ^id", "<div{id ^id}><p>a</p>\n{embed N}<p>b</p>\n</div>",
     ""},
    {"- ![[N]]\n- x", "<ul>\n<li>{embed N}</li>\n<li>x</li>\n</ul>", ""},
    {"text ![[i.png]] text", "<p>text {embed i.png} text</p>", ""},
};

static void fragments(void **state) {
    struct note_dump x;

    (void)state;
    dump_open(&x);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        dump_note(&x, str_from(rows[i].markdown));
        assert_string_equal(dump_body(&x), rows[i].body);
        assert_string_equal(dump_findings(&x), rows[i].findings);
        assert_int_equal(x.note->form, NOTE_RENDERED);
    }
    dump_close(&x);
}

/* One line break is none with strict line breaks (§13). */
static void strict_line_breaks(void **state) {
    static const struct {
        const char *markdown, *body;
    } strict[] = {
        {"a\nb", "<p>a\nb</p>"},
        {"a  \nb", "<p>a<br>\nb</p>"},
        {"a\\\nb", "<p>a<br>\nb</p>"},
        {"- a\n  b", "<ul>\n<li>a\nb</li>\n</ul>"},
    };
    struct note_dump x;

    (void)state;
    dump_open(&x);
    x.settings.strict_line_breaks = true;
    for (size_t i = 0; i < ARRAY_LEN(strict); i++) {
        dump_note(&x, str_from(strict[i].markdown));
        assert_string_equal(dump_body(&x), strict[i].body);
    }
    dump_close(&x);
}

/* decisions.md 15: one string as inline content. */
static void inline_texts(void **state) {
    static const struct {
        const char *markdown, *body;
    } texts[] = {
        {"a *b* [[N|c]] #t", "a <em>b</em> {link N}c</a> {tag t}#t</a>"},
        {"# no heading", "# no heading"},
        {"- no list", "- no list"},
        {"![[N]] ![[i.png]]", "{as-link N} {embed i.png}"},
        {"x ^id", "x"},
        {"x[^1] ^[y]", "x"},
        {"<div>a</div> <b>c", "<span>a</span> <b>c</b>"},
        {"%%a%% b", " b"},
        {"a\nb", "a<br>\nb"},
        {"", ""},
    };
    struct note_dump x;

    (void)state;
    dump_open(&x);
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        dump_text(&x, str_from(texts[i].markdown));
        assert_string_equal(dump_body(&x), texts[i].body);
        assert_int_equal(x.note->nblocks + x.note->nids + x.note->nfootnotes,
                         0);
    }
    dump_close(&x);
}

/* decisions.md 3: past a limit a note is text, without what its author hid. */
static void fallback(void **state) {
    struct note_dump x;
    struct buf deep = {0};

    (void)state;
    dump_open(&x);
    buf_add_lit(&deep, "a <!-- b --> %%c%% <d>\n");
    for (int i = 0; i < MASK_MAX_NESTING + 1; i++)
        buf_add_lit(&deep, "12) ");
    dump_note(&x, buf_str(&deep));
    assert_int_equal(x.note->form, NOTE_PLAIN);
    assert_string_equal(dump_findings(&x), "note-too-complex 2:0");
    assert_true(
        str_starts(str_from(dump_body(&x)),
                   STR("<pre class=\"note-plain\">a   &lt;d&gt;\n12) ")));
    deep.len -= 4;
    dump_note(&x, buf_str(&deep));
    assert_int_equal(x.note->form, NOTE_RENDERED);

    x.settings.limits.note_bytes = 10;
    dump_note(&x, STR("more than ten bytes"));
    assert_int_equal(x.note->form, NOTE_PLAIN);
    x.settings.limits.fallback_bytes = 10;
    dump_note(&x, STR("more than ten bytes"));
    assert_int_equal(x.note->form, NOTE_NOTICE);
    assert_string_equal(dump_body(&x), "");
    buf_release(&deep);
    dump_close(&x);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fragments),
        cmocka_unit_test(strict_line_breaks),
        cmocka_unit_test(inline_texts),
        cmocka_unit_test(fallback),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
