vaultsite.search({version:"75cbc2b875",
pieces:">",
long:"",
words:"#crew 978a59",
kinds:[["meeting","Meetings",1],["note","Notes",5],["person","People",1],["tag","Tags",6],["transcript","Transcripts",1]],
marks:"\\u{300}-\\u{36f}\\u{483}-\\u{487}\\u{591}-\\u{5bd}\\u{5bf}-\\u{5bf}\\u{5c1}-\\u{5c2}\\u{5c4}-\\u{5c5}\\u{610}-\\u{61a}\\u{640}-\\u{640}\\u{64b}-\\u{65f}\\u{670}-\\u{670}\\u{6d6}-\\u{6dc}\\u{6df}-\\u{6e4}\\u{1ab0}-\\u{1abe}\\u{1dc0}-\\u{1dff}\\u{20d0}-\\u{20f0}\\u{fe20}-\\u{fe2f}",unspaced:"\\u{e00}-\\u{eff}\\u{1000}-\\u{109f}\\u{1780}-\\u{17ff}\\u{2e80}-\\u{2fdf}\\u{3005}-\\u{3007}\\u{3021}-\\u{3029}\\u{3038}-\\u{303b}\\u{3041}-\\u{30ff}\\u{31f0}-\\u{31ff}\\u{3400}-\\u{4dbf}\\u{4e00}-\\u{9fff}\\u{f900}-\\u{faff}\\u{20000}-\\u{3ffff}",spellings:{"ß":"ss","æ":"ae","ð":"d","ø":"o","þ":"th","đ":"d","ħ":"h","ı":"i","ł":"l","ŋ":"n","œ":"oe","ŧ":"t","ς":"σ"},
strings:{"search":"Search","placeholder":"Search notes, people, tasks","hint":"Type to search titles and text; narrow with kind:, tag:, folder:","titles":"Titles only","close":"Close","filters":"Narrow the search","results":"Results","none":"Nothing found","one":"1 result","many":"{n} results","instead":"Shown for “{word}”:","move":"move","open":"open","leave":"close"}});
