/*
 * repair_codec: the two wrong readings of UTF-8 that are undone, and what a
 * character has to be to have been read so (spec/entities.md §7.3).
 *
 * Closed tables and questions about one character; no text is seen here.
 */
#ifndef VAULTSITE_VAULT_REPAIR_CODEC_H
#define VAULTSITE_VAULT_REPAIR_CODEC_H

#include <stdbool.h>
#include <stdint.h>

/* cp1252 comes first: it wins a tie (§7.5). */
enum repair_codec { REPAIR_CP1252, REPAIR_MAC_ROMAN, REPAIR_CODECS };

/* The name of the encoding as findings tell it: "Windows-1252". */
const char *repair_codec_name(enum repair_codec codec);
/* For repair_codec_byte: U+2000 to U+203F, where most that are asked for stand; what
 * stands nowhere else. */
#define REPAIR_PUNCTUATION 0x40
extern const uint8_t repair_punctuation[REPAIR_PUNCTUATION][REPAIR_CODECS];
unsigned char repair_codec_other_byte(enum repair_codec codec, uint32_t code);

/* The byte (0x80 to 0xFF) that the codec shows as `code`; 0 for what it does not
 * have, ASCII too. For cp1252 a C1 control stands for its own byte. */
static inline unsigned char repair_codec_byte(enum repair_codec codec,
                                              uint32_t code) {
    if (code - 0x2000 < REPAIR_PUNCTUATION)
        return repair_punctuation[code - 0x2000][codec];
    if (code < 0x80)
        return 0;
    if (codec == REPAIR_CP1252 && code <= 0xFF)
        return (unsigned char)code;
    return repair_codec_other_byte(codec, code);
}

/* For each first byte of a character's UTF-8 bits 1 << codec of those in which a
 * character can begin with it that has the byte of a lead byte, C2 to F4. */
extern const uint8_t repair_codec_leads[256];

/* What a decoded character says about having been damaged. */
enum repair_class {
    REPAIR_NEVER,  /* no such character is looked for */
    REPAIR_LETTER, /* L of §7.3: needs more evidence */
    REPAIR_SIGN,   /* P of §7.3: punctuation and symbols, evidence by itself */
};
enum repair_class repair_class_of(enum repair_codec codec, uint32_t code);

/* The script of a run (§7.4, 5), counted from 1; 0 for characters of none. */
unsigned repair_script(uint32_t code);

#endif
