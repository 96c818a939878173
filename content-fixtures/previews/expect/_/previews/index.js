vaultsite.previews({shards:1,version:"c99fa29218",style:"_/previews-HASH.css",label:"Preview"});
